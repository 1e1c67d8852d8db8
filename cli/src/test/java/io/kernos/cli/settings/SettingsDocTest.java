package io.kernos.cli.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The tables in docs/operations.md are those of the catalogues; -Dkernos.docs.write=true writes them there. */
class SettingsDocTest {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    @Test
    void shouldDocumentEachSetting() throws IOException {
        String page = Files.readString(PAGE);
        String wanted = page;
        for (Catalogue<?> catalogue : Catalogues.all()) {
            wanted = withTable(wanted, catalogue);
        }
        if (Boolean.getBoolean("kernos.docs.write")) {
            Files.writeString(PAGE, wanted);
        } else {
            assertEquals(
                    wanted,
                    page,
                    "write the tables by: mvn test -pl cli -am -Dtest=SettingsDocTest"
                            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkernos.docs.write=true");
        }
    }

    private static String withTable(String page, Catalogue<?> catalogue) {
        String begin = "<!-- settings of " + catalogue.process() + " -->\n";
        String end = "<!-- end of settings -->\n";
        int from = page.indexOf(begin) + begin.length();
        int to = page.indexOf(end, from);
        assertTrue(from >= begin.length() && to >= from, "docs/operations.md has no place for " + catalogue.process());
        return page.substring(0, from) + SettingsTable.of(catalogue) + page.substring(to);
    }
}
