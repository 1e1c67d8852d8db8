package io.kernos.master.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** One generation of the store's files, as the projector has them open. For one thread. */
final class Generation {
    private final long number;
    private final Map<RecordKind, RecordMap> maps = new EnumMap<>(RecordKind.class);
    private final HistoryMap history;

    /**
     * Makes the files.
     *
     * @param folder of this generation, there and empty.
     * @throws IOException if one cannot be made.
     */
    Generation(long number, Path folder, StoreContext context, HistoryLog log, StoreMark mark) throws IOException {
        this.number = number;
        try {
            for (RecordKind kind : RecordKind.values()) {
                Path file = folder.resolve(kind.fileName());
                maps.put(kind, RecordMap.create(file, kind, kind.maxEntries(context)));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        history = new HistoryMap(maps.get(RecordKind.HISTORY), context.historyCapacity(), log, mark);
    }

    long number() {
        return number;
    }

    RecordMap map(RecordKind kind) {
        return maps.get(kind);
    }

    HistoryMap history() {
        return history;
    }

    void close() {
        maps.values().forEach(RecordMap::close);
    }
}
