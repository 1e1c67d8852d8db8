package io.kernos.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.aeron.driver.MediaDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DriverFactoryTest {

    @Test
    void shouldLeaveNothingBehindWhenTheDriverIsClosed(@TempDir Path folder) {
        Path directory = folder.resolve("driver");
        TransportContext context =
                new TransportContext().aeronDirectory(directory.toString()).conclude();
        Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
        try (MediaDriver driver = DriverFactory.launch(context, IdleProfile.ECO, errors::add)) {
            assertTrue(Files.exists(directory));
            assertTrue(driver.context().termBufferSparseFile());
        }
        assertFalse(Files.exists(directory));
        assertEquals(List.of(), List.copyOf(errors));
    }
}
