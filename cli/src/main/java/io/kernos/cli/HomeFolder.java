package io.kernos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The folder in which a cluster on one machine keeps everything. */
final class HomeFolder {
    /** Names the folder where no option does. */
    static final String VARIABLE = "KERNOS_HOME";

    private static final Set<PosixFilePermission> PERMISSIONS = PosixFilePermissions.fromString("rwxr-xr-x");

    private HomeFolder() {}

    /**
     * Where the cluster is, unless an option says otherwise: $KERNOS_HOME, else a folder of the user's under /var/tmp,
     * which outlives a restart of the machine and through which tasks of other users can pass.
     *
     * @return the folder, which may not be there.
     */
    static Path standard() {
        String named = System.getenv(VARIABLE);
        return named == null || named.isBlank()
                ? Path.of("/var/tmp", "kernos-" + System.getProperty("user.name"))
                : Path.of(named);
    }

    /**
     * Makes the folder if it is not there. One that somebody else made, or can write to, is refused: what is in it
     * decides what runs as this user.
     *
     * @param folder to make.
     * @return it, absolute.
     */
    static Path make(Path folder) {
        Path home = folder.toAbsolutePath().normalize();
        try {
            Files.createDirectories(home.getParent());
            if (!Files.exists(home, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectory(home, PosixFilePermissions.asFileAttribute(PERMISSIONS));
            }
            check(home);
            return home;
        } catch (IOException ex) {
            throw new CommandException(
                    ExitCodes.FAILED,
                    "the folder " + home + " cannot be made or used: " + FileWords.of(ex) + "; name another by --home",
                    ex);
        }
    }

    private static void check(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            throw new CommandException(ExitCodes.FAILED, home + " is not a folder: name another by --home");
        }
        String owner = Files.getOwner(home).getName();
        String user = System.getProperty("user.name");
        if (!owner.equals(user)) {
            throw new CommandException(
                    ExitCodes.FAILED, home + " belongs to " + owner + ", not to " + user + ": name another by --home");
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(home);
        if (permissions.contains(PosixFilePermission.OTHERS_WRITE)
                || permissions.contains(PosixFilePermission.GROUP_WRITE)) {
            throw new CommandException(ExitCodes.FAILED, home + " can be written to by others: chmod go-w " + home);
        }
    }
}
