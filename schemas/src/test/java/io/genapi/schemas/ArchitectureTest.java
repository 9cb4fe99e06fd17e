package io.genapi.schemas;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.genapi.schemas");

    @Test
    void theDomainKnowsNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage("..schemas.job..", "..schemas.chat..", "..schemas.error..", "..schemas.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.genapi.schemas.kafka..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsSpringOrAService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("io\\.genapi\\.(?!schemas\\.).*")
                .check(CLASSES);
    }

    @Test
    void jobsAreKnownWithoutJson() {
        noClasses()
                .that()
                .resideInAnyPackage("..schemas.job..", "..schemas.control..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("tools.jackson..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.genapi.schemas.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}
