package io.genapi.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;

class ArchitectureTest {

    private static final String ROOT = "io.genapi.store";
    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(ROOT);

    @Test
    void jobsAndQueriesKnowNoTechnology() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".job..", ROOT + ".query..", ROOT + ".webhook..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.springframework..",
                        "org.apache.kafka..",
                        "java.net.http..",
                        "io.micrometer..",
                        "tools.jackson..",
                        "org.slf4j..")
                .check(OURS);
    }

    @Test
    void httpAndKafkaDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", ROOT + ".kafka..", ROOT + ".topology..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + ".kafka..", ROOT + ".topology..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "java.net.http..", ROOT + ".http..")
                .check(OURS);
    }

    @Test
    void onlyTheConfigurationMakesBeans() {
        methods()
                .that()
                .areAnnotatedWith(Bean.class)
                .should()
                .beDeclaredInClassesThat()
                .resideInAPackage(ROOT + ".config")
                .check(OURS);
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Autowired.class)
                .check(OURS);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(OURS);
    }
}
