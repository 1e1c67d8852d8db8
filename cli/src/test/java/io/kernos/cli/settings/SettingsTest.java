package io.kernos.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.kernos.agent.AgentContext;
import io.kernos.master.node.MasterContext;
import io.kernos.transport.IdleProfile;
import io.kernos.transport.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SettingsTest {
    @TempDir
    Path folder;

    @Test
    void shouldTakeFlagsBeforeTheFileBeforeDefaults() throws IOException {
        Path file = file("master.directory = /srv/kernos", "master.maxTasks = 10", "master.maxAgents = 5");
        MasterContext context = read(
                MasterSettings.CATALOGUE, "--settings", file.toString(), "--max-tasks=20", "--idle-profile", "SPIN");
        assertEquals(Path.of("/srv/kernos"), context.directory());
        assertEquals(20, context.service().state().maxTasks());
        assertEquals(5, context.service().state().maxAgents());
        assertEquals(IdleProfile.SPIN, context.idleProfile());
        assertEquals(1_000, context.consensus().leaderHeartbeatTimeoutMs());
    }

    @Test
    void shouldTakeUnits() {
        AgentContext context = read(
                AgentSettings.CATALOGUE,
                "--memory-bytes=2g",
                "--disk-bytes=auto",
                "--status-retry-ms=30s",
                "--ports=0-0",
                "--attributes=rack:7; zone:b",
                "--relay-endpoints=a:1, b:2",
                "--cgroups=false");
        assertEquals(2L << 30, context.memoryBytes());
        assertEquals(AgentContext.DISCOVER, context.diskBytes());
        assertEquals(30_000, context.statusRetryMs());
        assertEquals(0, context.firstPort());
        assertEquals(Map.of("rack", "7", "zone", "b"), context.attributes());
        assertEquals(List.of("a:1", "b:2"), context.relayEndpoints());
        assertEquals(false, context.cgroups());
    }

    @Test
    void shouldNameSettingValueAndRemedyWhenAValueIsWrong() throws IOException {
        SettingException flag =
                assertThrows(SettingException.class, () -> read(MasterSettings.CATALOGUE, "--member-id=7"));
        assertEquals("--member-id=7: use 0 to 4", flag.getMessage());
        Path file = file("agent.statusRetryMs = soon");
        SettingException inFile = assertThrows(
                SettingException.class, () -> read(AgentSettings.CATALOGUE, "--settings", file.toString()));
        assertEquals(file + ": agent.statusRetryMs=soon: use 10 to 2,147,483,647 milliseconds", inFile.getMessage());
    }

    @Test
    void shouldNameTheNearestSettingWhenAFileHasOneThatIsNot() throws IOException {
        Path file = file("master.memberID = 0");
        SettingException unknown = assertThrows(
                SettingException.class, () -> read(AgentSettings.CATALOGUE, "--settings", file.toString()));
        assertTrue(
                unknown.getMessage().startsWith("master.memberID=0: there is no such setting"), unknown.getMessage());
        assertTrue(unknown.getMessage().contains("master.memberId"), unknown.getMessage());
    }

    @Test
    void shouldSayThatAFileCannotBeRead() {
        Path none = folder.resolve("none");
        SettingException absent = assertThrows(
                SettingException.class, () -> read(AgentSettings.CATALOGUE, "--settings", none.toString()));
        assertTrue(absent.getMessage().startsWith("--settings=" + none + ": cannot be read"), absent.getMessage());
    }

    @Test
    void shouldRefuseEveryKindOfNonsense() {
        for (Catalogue<?> catalogue : Catalogues.all()) {
            refuseNonsense(catalogue);
        }
    }

    private static <C> void refuseNonsense(Catalogue<C> catalogue) {
        for (Setting<C> setting : catalogue.settings()) {
            boolean isText =
                    setting.range().equals("any text") || setting.range().equals("a folder");
            if (!isText) {
                SettingException wrong = assertThrows(
                        SettingException.class, () -> read(catalogue, setting.flag() + "=,"), setting.flag());
                assertTrue(wrong.getMessage().contains(setting.flag() + "=,"), wrong.getMessage());
                assertTrue(wrong.getMessage().contains(setting.range()), wrong.getMessage());
            }
        }
    }

    @Test
    void shouldTakeEachDefaultAsAValue() {
        for (Catalogue<?> catalogue : Catalogues.all()) {
            takeDefaults(catalogue);
        }
    }

    private static <C> void takeDefaults(Catalogue<C> catalogue) {
        Set<String> names = new HashSet<>();
        C fresh = catalogue.fresh().get();
        for (Setting<C> setting : catalogue.settings()) {
            assertTrue(names.add(setting.name()), setting.name() + " is there twice");
            String standard = setting.standard(fresh);
            boolean isWords = standard.contains(" ") || standard.equals("none");
            if (!isWords) {
                C context = catalogue.fresh().get();
                setting.apply(context, setting.name(), standard);
                assertEquals(standard, setting.standard(context), setting.name());
            }
        }
    }

    private Path file(String... lines) throws IOException {
        return Files.write(folder.resolve("kernos.properties"), List.of(lines));
    }

    private static <C> C read(Catalogue<C> catalogue, String... arguments) {
        CommandSpec spec = CommandSpec.create().name(catalogue.process());
        SettingFlags<C> flags = SettingFlags.add(catalogue, spec);
        new CommandLine(spec).parseArgs(arguments);
        return flags.read();
    }
}
