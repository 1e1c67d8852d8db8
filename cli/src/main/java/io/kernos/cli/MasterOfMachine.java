package io.kernos.cli;

import io.aeron.CncFileDescriptor;
import io.kernos.cli.settings.MasterSettings;
import io.kernos.cli.settings.SettingsFile;
import io.kernos.client.SessionContext;
import io.kernos.master.node.MasterContext;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A master that runs on this machine by a settings file, as other commands reach it.
 *
 * @param aeronDirectory folder of its media driver.
 * @param masters        of its cluster, as sessions take them; null where it is the only one, which is reached through
 *     its driver.
 * @param store          folder of its state store.
 */
record MasterOfMachine(String aeronDirectory, String masters, Path store) {
    /**
     * Reads the settings of a master that runs.
     *
     * @param settings file that it was started with.
     * @return where it is found.
     * @throws io.kernos.transport.SettingException when the file is no settings file, or has no master.
     * @throws CommandException when it does not run.
     */
    static MasterOfMachine of(Path settings) {
        MasterContext context = MasterSettings.CATALOGUE.fresh().get();
        SettingsFile.read(settings).apply(MasterSettings.CATALOGUE, context);
        if (context.directory() == null) {
            throw new CommandException(
                    ExitCodes.USAGE,
                    settings + " has no master.directory, so no master of this machine: name the file of one, or say"
                            + " where the masters are by --masters");
        }
        context.conclude();
        String driver = context.transport().aeronDirectory();
        if (!Files.exists(Path.of(driver, CncFileDescriptor.CNC_FILE))) {
            throw new CommandException(
                    ExitCodes.NO_CLUSTER,
                    "no master of " + settings + " runs on this machine (there is no media driver in " + driver
                            + "): start it by 'kernos master --settings " + settings + "', as this user");
        }
        boolean isAlone = context.memberList().size() == 1;
        return new MasterOfMachine(
                driver, isAlone ? null : context.memberList().ingressEndpoints(), context.storeDirectory());
    }

    /** Lets a session reach it. */
    SessionContext reach(SessionContext session) {
        session.aeronDirectory(aeronDirectory);
        return masters == null ? session : session.ingressEndpoints(masters);
    }
}
