package io.genapi.chaos;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.genapi.chaos");

    @Test
    void asksTheBrokerByHttpAndKafkaAlone() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.genapi.gateway..",
                        "io.genapi.worker..",
                        "io.genapi.store..",
                        "io.genapi.simulator..",
                        "io.genapi.runtime..",
                        "org.springframework..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.genapi.chaos.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
