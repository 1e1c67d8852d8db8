package io.kernos.perf;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.elements.ClassesShouldConjunction;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrows point down the house only, and the hot path stays what it must be. */
class HouseTest {
    private static final String[] HOT_PATH = {"io.kernos.allocator..", "io.kernos.master.state.."};

    private static JavaClasses house;

    @BeforeAll
    static void readTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.kernos");
    }

    @ParameterizedTest
    @ValueSource(strings = {"transport", "linux", "allocator", "isolation", "client", "master", "agent", "cli", "perf"})
    void shouldSeeEveryRoom(String room) {
        assertTrue(
                house.stream().anyMatch(inPackage("io.kernos." + room + "..")),
                () -> "no class of the room " + room + " is on this test's class path");
    }

    @ParameterizedTest
    @CsvSource({
        "transport, ''",
        "linux,     ''",
        "allocator, ''",
        "isolation, linux",
        "client,    transport",
        "master,    allocator transport",
        "agent,     isolation linux transport",
        "cli,       client master agent isolation linux transport",
        "perf,      cli client master agent isolation linux allocator transport",
    })
    void shouldPointDownWhenARoomUsesAnother(String room, String below) {
        String[] allowed = Stream.concat(Stream.of(room), Arrays.stream(below.split(" ")))
                .filter(name -> !name.isEmpty())
                .map(name -> "io.kernos." + name + "..")
                .toArray(String[]::new);
        classesOf("io.kernos." + room + "..")
                .should()
                .dependOnClassesThat(inPackage("io.kernos..").and(DescribedPredicate.not(inPackage(allowed))))
                .allowEmptyShould(true)
                .check(house);
    }

    @Test
    void shouldUseAgronaAndTheJdkOnlyWhenItIsTheAllocator() {
        outside("io.kernos.allocator..", "io.kernos.allocator..", "java..", "org.agrona..")
                .check(house);
    }

    @Test
    void shouldReachTheMasterByItsStoreItsNodeAndItsSettingsOnlyWhenOutsideOfIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.kernos.master..")
                .should()
                .dependOnClassesThat(inPackage("io.kernos.master..")
                        .and(DescribedPredicate.not(inPackage("io.kernos.master.store..", "io.kernos.master.node..")))
                        .and(DescribedPredicate.not(simpleNameEndingWith("Context"))))
                .check(house);
    }

    @Test
    void shouldHaveNoCyclesAmongPackages() {
        slices().matching("io.kernos.(**)").should().beFreeOfCycles().check(house);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.stream..",
                "java.util.concurrent..",
                "java.io..",
                "java.net..",
                "java.nio.file..",
                "java.nio.channels..",
                "java.time..",
                "java.util.logging..",
                "org.slf4j..",
                "io.aeron..",
            })
    void shouldNotDependOnItWhenOnTheHotPath(String packages) {
        classesOf(HOT_PATH).should().dependOnClassesThat(inPackage(packages)).check(house);
    }

    @Test
    void shouldReadNoClockAndStartNoThreadWhenOnTheHotPath() {
        classesOf(HOT_PATH)
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .accessClassesThat(named(Thread.class))
                .orShould()
                .dependOnClassesThat(named(java.util.Random.class))
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(house);
    }

    private static GivenClassesConjunction classesOf(String... packages) {
        return noClasses().that().resideInAnyPackage(packages);
    }

    private static ClassesShouldConjunction outside(String room, String... allowed) {
        return classesOf(room).should().dependOnClassesThat(DescribedPredicate.not(inPackage(allowed)));
    }

    private static DescribedPredicate<JavaClass> inPackage(String... packages) {
        return JavaClass.Predicates.resideInAnyPackage(packages);
    }

    private static DescribedPredicate<JavaClass> named(Class<?> type) {
        return JavaClass.Predicates.equivalentTo(type);
    }
}
