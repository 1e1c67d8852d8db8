package io.kernos.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.kernos.isolation.ContainerSpec;
import io.kernos.isolation.Containerizer;
import io.kernos.isolation.LaunchOutcome;
import io.kernos.transport.codecs.TaskState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLauncherTest {
    @TempDir
    Path folder;

    @Test
    void shouldHoldTheTaskToTheProcessesThatTheAgentAllows() throws IOException, LaunchException {
        List<ContainerSpec> launched = new ArrayList<>();
        Containerizer recording = (Containerizer) Proxy.newProxyInstance(
                Containerizer.class.getClassLoader(), new Class<?>[] {Containerizer.class}, (_, _, arguments) -> {
                    launched.add((ContainerSpec) arguments[0]);
                    return LaunchOutcome.ACCEPTED;
                });

        new ContainerLauncher(recording, new Sandboxes(folder), "", 77).launch(task());

        assertEquals(77, launched.getFirst().pidsMax());
    }

    @Test
    void shouldFailTheTaskWhenTheContainerizerThrows() throws IOException {
        Containerizer broken = (Containerizer) Proxy.newProxyInstance(
                Containerizer.class.getClassLoader(), new Class<?>[] {Containerizer.class}, (_, _, _) -> {
                    throw new UncheckedIOException("could not list control groups", new IOException("EIO"));
                });
        ContainerLauncher launcher = new ContainerLauncher(broken, new Sandboxes(folder), "", 0);

        LaunchException thrown = assertThrows(LaunchException.class, () -> launcher.launch(task()));

        assertEquals(TaskState.FAILED, thrown.state());
        assertEquals("could not launch the container: could not list control groups", thrown.getMessage());
    }

    private static AgentTask task() {
        AgentTask task = new AgentTask(1, 1, 1, 0, 0, 0);
        UnsafeBuffer template = TestMessages.template(1, 1, 500, "/bin/true");
        task.template = TaskTemplate.decode(template, 0, template.capacity());
        return task;
    }
}
