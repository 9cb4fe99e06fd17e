package io.genapi.runtime;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.genapi.runtime");

    @Test
    void onlyTheConfigurationMakesBeans() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage("..config..")
                .check(OURS);
    }

    @Test
    void httpAndKafkaDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("..runtime.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..runtime.kafka..", "org.apache.kafka..", "org.springframework.kafka..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("..runtime.kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..runtime.http..", "org.springframework.web..")
                .check(OURS);
    }

    @Test
    void knowsNoService() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.genapi.gateway..", "io.genapi.worker..", "io.genapi.store..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.genapi.runtime.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
