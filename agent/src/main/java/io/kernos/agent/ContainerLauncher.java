package io.kernos.agent;

import io.kernos.isolation.ContainerSpec;
import io.kernos.isolation.ContainerUser;
import io.kernos.isolation.Containerizer;
import io.kernos.isolation.LaunchOutcome;
import io.kernos.linux.Linux;
import io.kernos.linux.LinuxException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a task into a container: its sandbox, its user, its environment, its limits.
 */
final class ContainerLauncher implements TaskContainers {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerLauncher.class);
    private static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final TaskUsers users = new TaskUsers();
    private final Containerizer containerizer;
    private final Sandboxes sandboxes;
    private final String defaultUser;
    private final long taskPidsMax;
    private final boolean root;
    private SandboxCollector collector;
    private String agentId = "0";
    private long agentIdNumber;

    ContainerLauncher(Containerizer containerizer, Sandboxes sandboxes, String defaultUser, long taskPidsMax) {
        this.containerizer = containerizer;
        this.sandboxes = sandboxes;
        this.defaultUser = defaultUser;
        this.taskPidsMax = taskPidsMax;
        this.root = Linux.isRoot();
    }

    void collector(SandboxCollector value) {
        collector = value;
    }

    void agentId(long value) {
        if (value != agentIdNumber) {
            agentIdNumber = value;
            agentId = Long.toString(value);
        }
    }

    @Override
    public LaunchOutcome launch(AgentTask task) throws LaunchException {
        try {
            return order(task);
        } catch (IllegalArgumentException ex) {
            throw LaunchException.invalid(ex.getMessage());
        } catch (LinuxException | UncheckedIOException ex) {
            throw LaunchException.failed("could not launch the container: " + ex.getMessage());
        } catch (RuntimeException ex) {
            LOG.error("unexpected error in the launch of task {}.{}", task.frameworkId, task.taskId, ex);
            throw LaunchException.failed("could not launch the container: " + ex);
        }
    }

    private LaunchOutcome order(AgentTask task) throws LaunchException {
        TaskTemplate template = task.template;
        if (template.network()) {
            throw LaunchException.invalid(
                    "isolation asks for a network of its own, which is not offered: leave it out");
        }
        ContainerUser user = userOf(template);
        makeSandbox(task, user);
        ContainerSpec spec = ContainerSpec.builder(
                        task.frameworkId, task.taskId, sandboxes.path(task.frameworkId, task.taskId), template.argv())
                .env(environment(task))
                .user(user)
                .cpusMilli(template.cpusMilli())
                .memoryBytes(template.memoryBytes())
                .pidsMax(taskPidsMax)
                .namespaces(template.namespaces())
                .build();
        return containerizer.launch(spec);
    }

    private void makeSandbox(AgentTask task, ContainerUser user) throws LaunchException {
        if (task.sandboxMade) {
            return;
        }
        try {
            sandboxes.make(task, user, task.restored);
            task.sandboxMade = true;
        } catch (IOException | LinuxException ex) {
            throw LaunchException.failed("could not make the sandbox: " + ex.getMessage());
        }
    }

    private ContainerUser userOf(TaskTemplate template) throws LaunchException {
        String name = template.user().isEmpty() ? defaultUser : template.user();
        if (name.isEmpty()) {
            return null;
        }
        ContainerUser user;
        try {
            user = users.find(name);
        } catch (IOException ex) {
            throw LaunchException.failed("could not look up user '" + name + "': " + ex.getMessage());
        }
        if (user == null) {
            throw LaunchException.invalid(
                    "user '" + name + "' is not known on this machine: create it, or name another");
        }
        if (root) {
            return user;
        }
        if (user.uid() == Linux.uid()) {
            return null;
        }
        throw LaunchException.invalid(
                "user '" + name + "' cannot be taken, for the agent does not run as root: leave the user out");
    }

    private Map<String, String> environment(AgentTask task) {
        Map<String, String> environment = new HashMap<>(task.template.environment());
        environment.putIfAbsent("PATH", DEFAULT_PATH);
        environment.put("KERNOS_TASK_ID", Long.toString(task.taskId));
        environment.put("KERNOS_FRAMEWORK_ID", Long.toString(task.frameworkId));
        environment.put("KERNOS_TASK_INDEX", Integer.toString(task.taskIndex));
        environment.put("KERNOS_AGENT_ID", agentId);
        environment.put(
                "KERNOS_SANDBOX", sandboxes.path(task.frameworkId, task.taskId).toString());
        int count = task.portCount();
        if (count > 0) {
            StringBuilder ports = new StringBuilder();
            for (int i = 0; i < count; i++) {
                int port = task.port(i);
                environment.put("PORT" + i, Integer.toString(port));
                ports.append(i == 0 ? "" : ",").append(port);
            }
            environment.put("KERNOS_PORTS", ports.toString());
        }
        return environment;
    }

    @Override
    public boolean signal(long frameworkId, long taskId, int signal) {
        return containerizer.signal(frameworkId, taskId, signal);
    }

    @Override
    public boolean destroy(long frameworkId, long taskId) {
        return containerizer.destroy(frameworkId, taskId);
    }

    @Override
    public boolean acknowledge(long frameworkId, long taskId) {
        return containerizer.acknowledge(frameworkId, taskId);
    }

    @Override
    public void ended(AgentTask task) {
        collector.onEnded(sandboxes.path(task.frameworkId, task.taskId), task.endedNs / 1_000_000);
    }

    @Override
    public long supervisorId() {
        return containerizer.supervisorId();
    }
}
