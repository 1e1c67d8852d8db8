package io.kernos.isolation;

import io.kernos.linux.LaunchPlan;
import io.kernos.linux.Linux;
import io.kernos.linux.PlanFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Compiles what a container is to be into a launch plan, as far as the machine's capabilities go.
 */
final class PlanCompiler {
    private static final String STDOUT = "stdout";
    private static final String STDERR = "stderr";

    private final IsolationCapabilities capabilities;
    private final boolean cgroupFolder;

    PlanCompiler(IsolationCapabilities capabilities, boolean cgroupFolder) {
        this.capabilities = capabilities;
        this.cgroupFolder = cgroupFolder;
    }

    LaunchPlan compile(ContainerSpec spec, List<String> cgroups, long cookie) {
        ContainerUser user = userOf(spec);
        return new LaunchPlan(
                spec.frameworkId(),
                spec.taskId(),
                cookie,
                flags(spec, user, cgroups),
                user == null ? 0 : user.uid(),
                user == null ? 0 : user.gid(),
                user == null ? List.of() : user.groups(),
                limits(spec),
                spec.sandbox().toString(),
                has(spec, Namespace.UTS) ? spec.hostname() : "",
                STDOUT,
                STDERR,
                cgroups,
                spec.argv(),
                environment(spec.env()));
    }

    /** Processes of the supervisor's in the container's group beside the task: its init, on v1 also its nest. */
    int ownProcesses(ContainerSpec spec) {
        if (!has(spec, Namespace.PID)) {
            return 0;
        }
        return capabilities.cgroupVersion() == IsolationCapabilities.CgroupVersion.V1 ? 2 : 1;
    }

    boolean has(ContainerSpec spec, Namespace namespace) {
        return spec.namespaces().contains(namespace)
                && capabilities.namespaces().contains(namespace);
    }

    private int flags(ContainerSpec spec, ContainerUser user, List<String> cgroups) {
        int flags = PlanFlag.NO_NEW_PRIVS.bit();
        flags |= has(spec, Namespace.PID) ? PlanFlag.NEW_PID.bit() : 0;
        flags |= has(spec, Namespace.MOUNT) ? PlanFlag.NEW_MOUNT.bit() : 0;
        flags |= has(spec, Namespace.UTS) ? PlanFlag.NEW_UTS.bit() : 0;
        flags |= has(spec, Namespace.IPC) ? PlanFlag.NEW_IPC.bit() : 0;
        if (has(spec, Namespace.PID) && has(spec, Namespace.MOUNT)) {
            flags |= PlanFlag.MOUNT_PROC.bit();
        }
        if (capabilities.userNamespace() && !spec.namespaces().isEmpty()) {
            flags |= PlanFlag.NEW_USER.bit();
        }
        if (user != null) {
            flags |= PlanFlag.SET_USER.bit();
        }
        if (cgroupFolder && !cgroups.isEmpty()) {
            flags |= PlanFlag.CGROUP_FOLDER.bit();
        }
        return flags;
    }

    private ContainerUser userOf(ContainerSpec spec) {
        ContainerUser user = spec.user();
        if (user == null || capabilities.root() && !capabilities.userNamespace()) {
            return user;
        }
        if (user.uid() == Linux.uid()
                && user.gid() == Linux.gid()
                && user.groups().isEmpty()) {
            return null;
        }
        throw new IllegalArgumentException("user is " + user.uid() + ":" + user.gid() + " and the agent may only be "
                + Linux.uid() + ":" + Linux.gid() + ": run the agent as root, or the task as the agent's user");
    }

    /** Where no control group limits memory or processes, POSIX limits do what they can. */
    private List<LaunchPlan.Rlimit> limits(ContainerSpec spec) {
        List<LaunchPlan.Rlimit> limits = new ArrayList<>(spec.limits().size() + 2);
        if (spec.memoryBytes() > 0 && !capabilities.controllers().contains("memory")) {
            limits.add(limit(ResourceLimit.Kind.DATA_BYTES, spec.memoryBytes()));
        }
        if (spec.pidsMax() > 0
                && capabilities.userNamespace()
                && !capabilities.controllers().contains("pids")) {
            limits.add(limit(ResourceLimit.Kind.PROCESSES, spec.pidsMax() + ownProcesses(spec)));
        }
        for (ResourceLimit limit : spec.limits()) {
            limits.add(new LaunchPlan.Rlimit(limit.kind().number(), limit.soft(), limit.hard()));
        }
        return limits;
    }

    private static LaunchPlan.Rlimit limit(ResourceLimit.Kind kind, long value) {
        return new LaunchPlan.Rlimit(kind.number(), value, value);
    }

    private static List<String> environment(Map<String, String> variables) {
        List<String> list = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> list.add(name + '=' + value));
        return list;
    }
}
