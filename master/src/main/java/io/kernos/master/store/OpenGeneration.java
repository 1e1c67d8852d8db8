package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One generation of the store's files as a reader has them open, each when it is first asked for. */
final class OpenGeneration {
    private final long number;
    private final Path folder;
    private final Map<RecordKind, RecordMap> maps = new EnumMap<>(RecordKind.class);

    OpenGeneration(long number, Path folder) {
        this.number = number;
        this.folder = folder;
    }

    long number() {
        return number;
    }

    RecordMap map(RecordKind kind) throws IOException {
        RecordMap map = maps.get(kind);
        if (map == null) {
            map = RecordMap.open(folder.resolve(kind.fileName()), kind);
            maps.put(kind, map);
        }
        return map;
    }

    void close() {
        maps.values().forEach(RecordMap::close);
        maps.clear();
    }
}
