package io.kernos.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final Goal FAST = Goal.atMost(3, "start", 2_000, "us", "bare clone", 1_000);
    private static final Goal SLOW = Goal.atLeast(0.5, "tasks", 100, "per s", "bare loop", 1_000);

    @Test
    void shouldReachAGoalWhenTheRatioIsOnItsSideOfTheLimit() {
        assertTrue(FAST.reached());
        assertFalse(SLOW.reached());
        assertTrue(Goal.atMost(2, "start", 2_000, "us", "bare clone", 1_000).reached());
        assertTrue(Goal.atLeast(0.1, "tasks", 100, "per s", "bare loop", 1_000).reached());
    }

    @Test
    void shouldEndWithTheGoalThatIsMissedMostWhenThereAreSeveral() {
        Report report = new Report("sample");
        report.goal(SLOW);
        report.goal(FAST);
        assertFalse(report.passed());
        List<String> lines = print(report);
        assertEquals(
                "short  tasks 100 per s, bare loop 1,000 per s, ratio 0.100, goal at least 0.500", lines.getLast());
        assertEquals("  pass  start 2,000 us, bare clone 1,000 us, ratio 2.00, goal at most 3.00", lines.getFirst());
    }

    @Test
    void shouldNotReachAGoalWhenTheFigureIsNotKnown() {
        assertFalse(
                Goal.atMost(3, "start", Double.NaN, "us", "bare clone", 1_000).reached());
    }

    @Test
    void shouldSetFiguresToTheRightWhenATableIsPrinted() {
        Report report = new Report("sample");
        report.table("stage", "us").row("clone", "7").row("exec", "1,200");
        report.goal(FAST);
        assertEquals(
                List.of("stage     us", "clone      7", "exec   1,200", ""),
                print(report).subList(0, 4));
    }

    @Test
    void shouldRefuseARowWhenItDoesNotFillTheColumns() {
        Table table = new Report("sample").table("stage", "us");
        assertThrows(IllegalArgumentException.class, () -> table.row("clone"));
    }

    private static List<String> print(Report report) {
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text));
        return text.toString().lines().toList();
    }
}
