package io.kernos.perf;

import io.kernos.cli.figures.Json;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all benchmarks have in common: options, the form of their answer, and their exit status. */
abstract class BenchmarkCommand implements Callable<Integer> {
    @Option(names = "--quick", description = "Less exact, in under a minute.")
    private boolean quick;

    @Option(names = "--json", description = "Print one JSON object instead of tables.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    boolean quick() {
        return quick;
    }

    /** Says what is being done, on standard error, so that the answer stays alone on standard output. */
    void progress(String what) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("... " + what);
        err.flush();
    }

    /**
     * Measures.
     *
     * @return what was found.
     * @throws Exception when it could not be measured.
     */
    abstract Report measure() throws Exception;

    @Override
    public final Integer call() throws Exception {
        Report report = measure();
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Json.of(report.json()));
            out.flush();
        } else {
            report.print(out);
        }
        return report.passed() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
}
