package io.kernos.cli;

import io.aeron.CncFileDescriptor;
import java.io.File;
import java.nio.MappedByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.IoUtil;
import org.agrona.concurrent.status.CountersReader;

/** The counters that the processes of a media driver keep in its folder, read without asking any of them. */
final class CounterFile implements AutoCloseable {
    private static final String OURS = "kernos: ";

    private final MappedByteBuffer mapped;
    private final CountersReader reader;

    private CounterFile(MappedByteBuffer mapped, CountersReader reader) {
        this.mapped = mapped;
        this.reader = reader;
    }

    static CounterFile open(String driverDirectory) {
        File file = new File(driverDirectory, CncFileDescriptor.CNC_FILE);
        if (!file.exists()) {
            throw new CommandException(
                    ExitCodes.NO_CLUSTER, "no media driver runs at " + driverDirectory + ": is the cluster running?");
        }
        MappedByteBuffer mapped = IoUtil.mapExistingFile(file, "counters");
        var metaData = CncFileDescriptor.createMetaDataBuffer(mapped);
        int version = metaData.getInt(CncFileDescriptor.cncVersionOffset(0));
        CncFileDescriptor.checkVersion(version);
        CountersReader reader = new CountersReader(
                CncFileDescriptor.createCountersMetaDataBuffer(mapped, metaData),
                CncFileDescriptor.createCountersValuesBuffer(mapped, metaData));
        return new CounterFile(mapped, reader);
    }

    /**
     * Reads all counters.
     *
     * @param all  also those of Aeron, after those of Kernos.
     * @param zero also those that are 0.
     * @return values by name, in the order in which their owners made them.
     */
    Map<String, Long> read(boolean all, boolean zero) {
        Map<String, Long> counters = new LinkedHashMap<>();
        Map<String, Long> others = new TreeMap<>();
        reader.forEach((counterId, typeId, key, label) -> {
            long value = reader.getCounterValue(counterId);
            if (value == 0 && !zero) {
                return;
            }
            if (label.startsWith(OURS)) {
                counters.put(label.substring(OURS.length()), value);
            } else if (all) {
                others.put(label, value);
            }
        });
        counters.putAll(others);
        return counters;
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
