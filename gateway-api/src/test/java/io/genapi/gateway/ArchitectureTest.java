package io.genapi.gateway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

    private static final String[] DOMAIN = {
        "..reply..",
        "..submit..",
        "..job..",
        "..cancel..",
        "..health..",
        "..model..",
        "..stream..",
        "..tenant..",
        "..responses..",
        "..gateway.file..",
        "..gateway.batch..",
        "..gateway.claim..",
        "..gateway.webhook.."
    };

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.genapi.gateway");

    @Test
    void theDomainKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .and()
                .resideInAPackage("io.genapi.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.apache..",
                        "java.net.http..",
                        "jakarta..",
                        "io.opentelemetry..",
                        "io.micrometer..")
                .check(OURS);
    }

    @Test
    void theEdgesDoNotKnowOneAnother() {
        slices().matching("io.genapi.gateway.(http|kafka|store)..")
                .should()
                .notDependOnEachOther()
                .check(OURS);
    }

    @Test
    void theDomainKnowsNoEdge() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.genapi.gateway.http..",
                        "io.genapi.gateway.kafka..",
                        "io.genapi.gateway.store..",
                        "io.genapi.gateway.config..")
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.genapi.gateway.(*)..").should().beFreeOfCycles().check(OURS);
    }

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
    void servicesDependOnTheContractAndTheRuntimeAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideOutsideOfPackages("io.genapi.worker..", "io.genapi.store..", "io.genapi.standalone..")
                .check(OURS);
    }

    @Test
    void timeIsInjected() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(OURS);
    }
}
