package io.kernos.cli;

import io.aeron.CncFileDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether this user may use a cluster of this machine, asked before anything is tried that would fail half way. */
final class ClusterAccess {
    private ClusterAccess() {}

    /**
     * Refuses a media driver that this user may not use.
     *
     * @param driverDirectory its folder; whether a driver runs there is not looked at.
     * @param what            it is of, for the error.
     * @throws CommandException naming whose it is, and the remedy.
     */
    static void driver(String driverDirectory, String what) {
        Path file = Path.of(driverDirectory, CncFileDescriptor.CNC_FILE);
        boolean isUsable = Files.notExists(file) || Files.isReadable(file) && Files.isWritable(file);
        if (!isUsable) {
            throw refusal(what, file, null);
        }
    }

    /**
     * The error that tells of a cluster of somebody else.
     *
     * @param what  cannot be used.
     * @param file  whose owner may.
     * @param cause of the error, or null.
     * @return the error.
     */
    static CommandException refusal(String what, Path file, Throwable cause) {
        String owner = FileWords.owner(file);
        return new CommandException(
                ExitCodes.FAILED,
                what + " belongs to " + owner + ", and " + System.getProperty("user.name")
                        + " may not use it: run this as " + owner
                        + ", or start a cluster of your own by 'kernos up --port 0'",
                cause);
    }
}
