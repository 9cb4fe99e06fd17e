package io.genapi.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.genapi.cli");

    @Test
    void knowsNoServiceFromWithin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.genapi.gateway..", "io.genapi.worker..", "io.genapi.store..", "org.springframework..")
                .check(OURS);
    }

    @Test
    void onlyDeadLettersComeStraightFromKafka() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..cli.deadletter..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(OURS);
    }

    @Test
    void aRunKnowsNoTerminalAndNoCommandLine() {
        noClasses()
                .that()
                .resideInAnyPackage("..cli.run..", "..cli.client..", "..cli.deadletter..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..cli.terminal..", "..cli.command..", "picocli..", "me.tongfei..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.genapi.cli.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
