package dev.purser;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The direction of knowledge in the house. */
@AnalyzeClasses(packages = "dev.purser", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final List<String> EVERYTHING_FOR_PEOPLE =
            List.of("orders", "intake", "budget", "provisioning", "cocalc", "outcomes", "reconciliation", "automation");

    /** Which package may know which others; all may know {@code kernel}. Packages that are not built yet keep their line. */
    private static final Map<String, List<String>> MAY_KNOW = new TreeMap<>(Map.ofEntries(
            Map.entry("kernel", List.of()),
            Map.entry("orders", List.of("outcomes")),
            Map.entry("cocalc", List.of()),
            Map.entry("outcomes", List.of()),
            Map.entry("budget", List.of("orders")),
            Map.entry("intake", List.of("orders", "automation")),
            Map.entry("provisioning", List.of("orders", "cocalc", "budget", "outcomes")),
            Map.entry("reconciliation", List.of("orders", "cocalc", "budget", "outcomes", "provisioning")),
            Map.entry("automation", List.of("orders", "cocalc", "provisioning", "reconciliation", "outcomes")),
            Map.entry("console", EVERYTHING_FOR_PEOPLE),
            Map.entry("cli", EVERYTHING_FOR_PEOPLE),
            Map.entry("sandbox", List.of()),
            Map.entry("embedded", List.of())));

    private static final String[] ENTRY_POINT = {"dev.purser"};

    @ArchTest
    static void a_package_knows_only_what_it_may(com.tngtech.archunit.core.domain.JavaClasses house) {
        MAY_KNOW.forEach((room, known) -> {
            List<String> forbidden = new ArrayList<>(MAY_KNOW.keySet());
            forbidden.removeAll(known);
            forbidden.removeAll(List.of(room, "kernel"));
            noClasses()
                    .that()
                    .resideInAPackage("dev.purser." + room + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(forbidden.stream()
                            .map(name -> "dev.purser." + name + "..")
                            .toArray(String[]::new))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            room.equals("sandbox") || room.equals("embedded")
                                    ? new String[] {"dev.purser.kernel.."}
                                    : new String[] {"no.such.package"})
                    .allowEmptyShould(true)
                    .check(house);
        });
    }

    @ArchTest
    static final ArchRule every_package_stands_in_the_table =
            classes().should().resideInAnyPackage(packages()).because("a new room needs a line in the direction table");

    @ArchTest
    static final ArchRule nobody_inside_knows_the_entry_point = noClasses()
            .that()
            .resideInAPackage("dev.purser.(*)..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENTRY_POINT);

    @ArchTest
    static final ArchRule there_are_no_cycles =
            slices().matching("dev.purser.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule only_routes_and_the_door_know_camel = noClasses()
            .that()
            .haveSimpleNameNotEndingWith("Routes")
            .and()
            // The renames that a consumer cannot do, by the endpoint that it watches.
            .haveNameNotMatching(".*\\.RemoteShelves(\\$.*)?")
            .and()
            .resideOutsideOfPackage("dev.purser.cocalc..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule only_the_clock_reads_the_time = noClasses()
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(LocalDate.class, "now")
            .orShould()
            .callMethod(LocalDateTime.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .because("a " + Clock.class.getSimpleName() + " is injected");

    @ArchTest
    static final ArchRule nobody_sleeps = noClasses().should().callMethod(Thread.class, "sleep", long.class);

    private static String[] packages() {
        List<String> packages = new ArrayList<>(List.of(ENTRY_POINT));
        MAY_KNOW.keySet().forEach(name -> packages.add("dev.purser." + name + ".."));
        return packages.toArray(String[]::new);
    }
}
