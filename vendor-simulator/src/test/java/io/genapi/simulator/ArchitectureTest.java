package io.genapi.simulator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.genapi.simulator";
    private static final String[] VENDORS = {ROOT + ".openai", ROOT + ".anthropic", ROOT + ".gemini"};
    private static final String[] DIALECTS = {ROOT + ".dialect", ROOT + ".model", VENDORS[0], VENDORS[1], VENDORS[2]};
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheEdgesKnowTheirTechnology() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".commandline")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(CLASSES);
    }

    @Test
    void nothingHereKnowsSpringOrKafkaOrTheRestOfTheBroker() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + "..",
                        "java..",
                        "javax.net.ssl..",
                        "com.sun.net.httpserver..",
                        "tools.jackson..",
                        "io.netty..",
                        "picocli..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(CLASSES);
    }

    @Test
    void dialectsKnowNeitherFaultsNorLatencyNorTheJournal() {
        noClasses()
                .that()
                .resideInAnyPackage(DIALECTS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        ROOT + ".fault",
                        ROOT + ".latency",
                        ROOT + ".behaviour",
                        ROOT + ".journal",
                        ROOT + ".serving",
                        ROOT + ".control",
                        ROOT + ".http")
                .check(CLASSES);
    }

    @Test
    void whatACallMeetsKnowsNoDialect() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".fault",
                        ROOT + ".latency",
                        ROOT + ".behaviour",
                        ROOT + ".ratelimit",
                        ROOT + ".journal",
                        ROOT + ".http",
                        ROOT + ".control")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DIALECTS)
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".serving")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(VENDORS)
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".http")
                .check(CLASSES);
    }

    @Test
    void vendorsDoNotKnowOneAnother() {
        for (String vendor : VENDORS) {
            noClasses()
                    .that()
                    .resideInAPackage(vendor)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(Stream.of(VENDORS)
                            .filter(other -> !other.equals(vendor))
                            .toArray(String[]::new))
                    .allowEmptyShould(true)
                    .check(CLASSES);
        }
    }
}
