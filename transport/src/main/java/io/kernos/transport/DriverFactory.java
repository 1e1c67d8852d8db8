package io.kernos.transport;

import io.aeron.driver.MediaDriver;
import io.aeron.driver.ThreadingMode;
import java.util.concurrent.TimeUnit;
import org.agrona.ErrorHandler;

/**
 * Settings of the media driver that each process of Kernos embeds: one thread, little memory, nothing left behind. A
 * second thread resolves names and opens sockets, which is rare: it idles as in eco whatever the profile.
 */
public final class DriverFactory {
    private static final int COUNTERS_BYTES = 1024 * 1024;

    private DriverFactory() {}

    /**
     * Settings of an embedded media driver; the caller may change them before the launch.
     *
     * @param context concluded.
     * @param profile how it idles.
     * @param errorHandler for errors beside those that the driver logs in its folder.
     * @return the settings.
     */
    public static MediaDriver.Context context(
            TransportContext context, IdleProfile profile, ErrorHandler errorHandler) {
        long livenessTimeoutNs = TimeUnit.MILLISECONDS.toNanos(context.livenessTimeoutMs());
        return new MediaDriver.Context()
                .aeronDirectoryName(context.aeronDirectory())
                .dirDeleteOnStart(true)
                .dirDeleteOnShutdown(true)
                .warnIfDirectoryExists(false)
                .threadingMode(ThreadingMode.SHARED)
                .sharedIdleStrategy(profile.strategy())
                .asyncExecutorIdleStrategy(IdleProfile.ECO.strategy())
                .imageLivenessTimeoutNs(livenessTimeoutNs)
                .publicationConnectionTimeoutNs(livenessTimeoutNs)
                .termBufferSparseFile(true)
                .spiesSimulateConnection(true)
                .publicationTermBufferLength(context.agentTermBytes())
                .ipcTermBufferLength(context.sessionTermBytes())
                .counterValuesBufferLength(COUNTERS_BYTES)
                .errorHandler(errorHandler);
    }

    /**
     * Launch an embedded media driver.
     *
     * @param context concluded.
     * @param profile how it idles.
     * @param errorHandler for errors beside those that the driver logs in its folder.
     * @return the driver; close it to end it and remove its folder.
     */
    public static MediaDriver launch(TransportContext context, IdleProfile profile, ErrorHandler errorHandler) {
        return MediaDriver.launch(context(context, profile, errorHandler));
    }
}
