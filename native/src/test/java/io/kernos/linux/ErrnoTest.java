package io.kernos.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ErrnoTest {
    @Test
    void shouldSayInWordsWhatPeopleMeet() {
        assertEquals("no such file or directory (ENOENT)", Errno.text(Errno.ENOENT));
        assertEquals("permission denied (EACCES)", Errno.text(Errno.EACCES));
    }

    @Test
    void shouldSayTheNameAloneOfWhatIsRare() {
        assertEquals("EMLINK", Errno.text(31));
        assertEquals("errno 4095", Errno.text(4_095));
    }
}
