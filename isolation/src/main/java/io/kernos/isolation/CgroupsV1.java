package io.kernos.isolation;

import io.kernos.isolation.IsolationCapabilities.CgroupVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Control groups of version 1: the same numbered folder in the hierarchy of each controller.
 */
final class CgroupsV1 implements Cgroups {
    private final Map<String, Path> folders;
    private final boolean cpuQuota;

    /**
     * Makes the agent's folder in each hierarchy.
     *
     * @param parents  folder of each controller, of {@code cpu}, {@code memory} and {@code pids}, to make it in.
     * @param name     of the agent's folder, such as {@code kernos/agent-1}.
     * @param cpuQuota whether a container may not pass its share of processors even when others idle.
     */
    CgroupsV1(Map<String, Path> parents, String name, boolean cpuQuota) {
        this.cpuQuota = cpuQuota;
        this.folders = new TreeMap<>();
        parents.forEach((controller, parent) -> folders.put(controller, parent.resolve(name)));
        folders.values().forEach(CgroupFolders::make);
        folders.values().forEach(CgroupFolders::weighAsMachine);
    }

    @Override
    public CgroupVersion version() {
        return CgroupVersion.V1;
    }

    @Override
    public String where() {
        return folders.toString();
    }

    @Override
    public Set<String> controllers() {
        return Set.copyOf(folders.keySet());
    }

    @Override
    public Cgroup open(int number) {
        Map<String, Path> paths = new TreeMap<>();
        folders.forEach((controller, folder) -> paths.put(controller, CgroupFolders.numbered(folder, number)));
        return CgroupFolders.makeAll(paths.values(), () -> new CgroupV1(paths, cpuQuota));
    }

    @Override
    public List<Integer> existing() {
        Set<Integer> numbers = new TreeSet<>();
        folders.values().forEach(folder -> numbers.addAll(CgroupFolders.numbersIn(folder)));
        return List.copyOf(numbers);
    }

    @Override
    public boolean clonedInto() {
        return false;
    }

    @Override
    public void removeFolder() {
        folders.values().forEach(folder -> {
            if (CgroupFolders.removeEmpty(folder)) {
                CgroupFolders.removeEmpty(folder.getParent());
            }
        });
    }
}
