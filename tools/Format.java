import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Formats the project's Java sources, or checks that they are formatted: {@code Format (--check|--fix) [FOLDER...]}.
 * The build and {@code tools/format} call it with the formatter's jars on the class path.
 */
public final class Format {
    private static final Set<String> SKIPPED_FOLDERS = Set.of("target", ".kernos", ".git");

    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    private Format() {}

    /**
     * Ends with status 1 where {@code --check} finds a file that is not formatted, or a file cannot be parsed.
     *
     * @param args the mode, then the folders to look into (all, where none is given).
     * @throws IOException where a folder or a file cannot be read or written.
     */
    public static void main(String[] args) throws IOException {
        boolean fix = "--fix".equals(args[0]);
        List<Path> differing = new ArrayList<>();
        for (String folder : args.length > 1 ? Arrays.copyOfRange(args, 1, args.length) : new String[] {"."}) {
            for (Path file : sources(Path.of(folder))) {
                if (differs(file, fix)) {
                    differing.add(file);
                }
            }
        }
        differing.forEach(file -> System.err.println((fix ? "formatted: " : "not formatted: ") + file));
        if (!fix && !differing.isEmpty()) {
            System.err.println("Run tools/format, which rewrites them.");
            System.exit(1);
        }
    }

    private static boolean differs(Path file, boolean fix) throws IOException {
        String source = Files.readString(file);
        String formatted;
        try {
            formatted = FORMATTER.formatSourceAndFixImports(source);
        } catch (FormatterException e) {
            System.err.println(file + ": " + e.getMessage());
            return true;
        }
        boolean differs = !formatted.equals(source);
        if (differs && fix) {
            Files.writeString(file, formatted);
        }
        return differs;
    }

    private static List<Path> sources(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(Path::normalize)
                    .filter(Format::isOurs)
                    .sorted()
                    .toList();
        }
    }

    private static boolean isOurs(Path file) {
        return StreamSupport.stream(file.spliterator(), false)
                .noneMatch(part -> SKIPPED_FOLDERS.contains(part.toString()));
    }
}
