package io.kernos.isolation;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * Control groups of version 2: numbered folders in one hierarchy.
 */
final class CgroupsV2 implements Cgroups {
    private final Path folder;
    private final DaemonGroup daemons;
    private final Set<String> controllers;
    private final boolean cpuQuota;

    /**
     * Makes the agent's folder, and hands the controllers down to it.
     *
     * @param parent      folder to make it in.
     * @param name        of the agent's folder, such as {@code kernos/agent-1}.
     * @param controllers of {@code cpu}, {@code memory} and {@code pids}, those that the parent has.
     * @param cpuQuota    whether a container may not pass its share of processors even when others idle.
     * @param occupants   processes in the parent that must leave it before that.
     */
    CgroupsV2(Path parent, String name, Set<String> controllers, boolean cpuQuota, Set<Long> occupants) {
        this.folder = parent.resolve(name);
        this.daemons = new DaemonGroup(parent, folder);
        this.controllers = Set.copyOf(controllers);
        this.cpuQuota = cpuQuota;
        CgroupFolders.make(folder);
        if (!occupants.isEmpty()) {
            daemons.enter(occupants);
        }
        Path at = parent;
        handDown(at);
        for (Path step : parent.relativize(folder)) {
            at = at.resolve(step);
            handDown(at);
        }
        CgroupFolders.weighAsMachine(folder);
    }

    private void handDown(Path from) {
        try (ControlFile file = new ControlFile(from.resolve("cgroup.subtree_control"))) {
            for (String controller : controllers) {
                file.put("+" + controller);
            }
        }
    }

    @Override
    public CgroupVersion version() {
        return CgroupVersion.V2;
    }

    @Override
    public String where() {
        return folder.toString();
    }

    @Override
    public Set<String> controllers() {
        return controllers;
    }

    @Override
    public Cgroup open(int number) {
        Path path = CgroupFolders.numbered(folder, number);
        return CgroupFolders.makeAll(List.of(path), () -> new CgroupV2(path, cpuQuota));
    }

    @Override
    public List<Integer> existing() {
        return CgroupFolders.numbersIn(folder);
    }

    @Override
    public boolean clonedInto() {
        return true;
    }

    @Override
    public void removeFolder() {
        if (CgroupFolders.removeEmpty(folder)) {
            daemons.leave();
            CgroupFolders.removeEmpty(folder.getParent());
        }
    }
}
