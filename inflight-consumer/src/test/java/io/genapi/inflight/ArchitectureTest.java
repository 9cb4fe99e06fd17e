package io.genapi.inflight;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.genapi.inflight");

    @Test
    void dependsOnKafkaMicrometerAndSlf4jAlone() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.genapi.inflight..",
                        "java..",
                        "org.apache.kafka..",
                        "io.micrometer.core..",
                        "org.slf4j..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void offsetsAreTrackedWithoutKafkaLogsOrThreads() {
        noClasses()
                .that()
                .resideInAPackage("..offset..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.micrometer..", "org.slf4j..", "java.util.concurrent..")
                .check(OURS);
    }

    @Test
    void runningARecordKnowsNothingOfKafka() {
        noClasses()
                .that()
                .resideInAPackage("..run..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "io.micrometer..")
                .check(OURS);
    }

    @Test
    void partsDoNotKnowTheWhole() {
        slices().matching("io.genapi.inflight.(*)..").should().beFreeOfCycles().check(OURS);
        noClasses()
                .that()
                .resideInAPackage("io.genapi.inflight.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.genapi.inflight")
                .check(OURS);
    }
}
