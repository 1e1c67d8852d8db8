package io.kernos.master.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.transport.SettingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterContextTest {
    @TempDir
    private Path folder;

    @Test
    void shouldDeriveTheDriversFolderFromItsOwnWhenNoneIsSet() {
        MasterContext context =
                new MasterContext().directory(folder.resolve("a")).conclude();
        assertEquals(
                MasterContext.aeronDirectoryOf(folder.resolve("a")).toString(),
                context.transport().aeronDirectory());
        assertNotEquals(MasterContext.aeronDirectoryOf(folder), MasterContext.aeronDirectoryOf(folder.resolve("a")));
    }

    @Test
    void shouldHearItsClientsOnItsOwnHostWhenThereAreSeveralMasters() {
        MasterContext context =
                new MasterContext().directory(folder).members("a:7700,b:7700").memberId(1);
        assertEquals("b:0", context.conclude().transport().clientEndpoint());
    }

    @Test
    void shouldNameTheSettingItsValueAndTheRemedyWhenOneIsWrong() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        refused("directory=null: ", context -> context.directory(null));
        refused("directory=" + file + ": is not a folder", context -> context.directory(file));
        refused("members=nowhere: ", context -> context.members("nowhere"));
        refused("memberId=1: must be from 0 to 0", context -> context.memberId(1));
        refused("relayEndpoint=localhost:0: ", context -> context.transport().relayEndpoint("localhost:0"));
        refused("maxOutboxBytes=7: ", context -> context.service().maxOutboxBytes(7));
        refused("logTermBytes=65536: ", context -> context.consensus().logTermBytes(65_536));
        refused(
                "logSegmentBytes=1048576: must be at least logTermBytes=4194304",
                context -> context.consensus().logSegmentBytes(1_048_576));
        refused(
                "startupCanvassTimeoutMs=1000: must be from 2000",
                context -> context.consensus().startupCanvassTimeoutMs(1_000));
        refused(
                "fileSyncLevel=3: must be from 0 to 2",
                context -> context.consensus().fileSyncLevel(3));
        refused("snapshotIntervalMs=-1: ", context -> context.consensus().snapshotIntervalMs(-1));
    }

    private void refused(String start, Consumer<MasterContext> change) {
        MasterContext context = new MasterContext().directory(folder);
        change.accept(context);
        SettingException error = assertThrows(SettingException.class, context::conclude);
        assertTrue(error.getMessage().startsWith(start), error.getMessage());
    }
}
