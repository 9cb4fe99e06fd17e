package io.genapi.worker;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

    private static final String ROOT = "io.genapi.worker";
    private static final String[] DOMAIN = {
        ROOT + ".vendor..",
        ROOT + ".dialect..",
        ROOT + ".image..",
        ROOT + ".admission..",
        ROOT + ".attempt..",
        ROOT + ".cancel..",
        ROOT + ".route..",
        ROOT + ".stream..",
        ROOT + ".result..",
        ROOT + ".dispatch..",
        ROOT + ".intake..",
        ROOT + ".body..",
        ROOT + ".original.."
    };
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theDomainKnowsNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.apache..",
                        "io.github.resilience4j..",
                        "io.opentelemetry..",
                        "io.micrometer..",
                        "io.genapi.inflight..",
                        "io.genapi.schemas.kafka..",
                        ROOT + ".breaker..",
                        ROOT + ".http..",
                        ROOT + ".kafka..",
                        ROOT + ".telemetry..",
                        ROOT + ".config..")
                .check(CLASSES);
    }

    @Test
    void onlyTheEdgesKnowTheirTechnology() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.hc..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".breaker..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.github.resilience4j..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".kafka..", ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "org.springframework.kafka..", "io.genapi.inflight..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackages(ROOT + ".kafka..", ROOT + ".peer..", ROOT + ".config..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(CLASSES);
    }

    @Test
    void theEdgesDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".kafka..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".kafka..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + ".http..")
                .check(CLASSES);
    }

    @Test
    void dialectsDoNotKnowOneAnother() {
        slices().matching(ROOT + ".dialect.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
    }

    @Test
    void onlyConfigMakesBeans() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage(ROOT + ".config..")
                .check(CLASSES);
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
                .check(CLASSES);
    }
}
