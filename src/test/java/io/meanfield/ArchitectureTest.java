package io.meanfield;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The order of the rooms, and that each says what it is for. */
@AnalyzeClasses(packages = "io.meanfield", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Path MAIN = Path.of("src/main/java/io/meanfield");
  // A room and the rooms that it may import. Rooms of one level never import each other, with two
  // exceptions: train asks evaluate for the validation score, and dl4jspark drives train.
  private static final Map<String, Set<String>> MAY_IMPORT =
      Map.of(
          "cli",
              Set.of(
                  "pipeline",
                  "train",
                  "evaluate",
                  "dl4jspark",
                  "report",
                  "data",
                  "network",
                  "store",
                  "settings"),
          "pipeline",
              Set.of(
                  "train",
                  "evaluate",
                  "dl4jspark",
                  "report",
                  "data",
                  "network",
                  "store",
                  "settings"),
          "dl4jspark", Set.of("train", "data", "network", "store", "settings"),
          "train", Set.of("evaluate", "data", "network", "store", "settings"),
          "evaluate", Set.of("data", "network", "store", "settings"),
          "report", Set.of("settings"),
          "data", Set.of("store", "settings"),
          "network", Set.of("store", "settings"),
          "store", Set.of("settings"),
          "settings", Set.of());

  @ArchTest
  static void roomsImportOnlyRoomsToTheirRight(JavaClasses all) {
    MAY_IMPORT.forEach(
        (room, allowed) -> {
          String[] forbidden =
              MAY_IMPORT.keySet().stream()
                  .filter(other -> !other.equals(room) && !allowed.contains(other))
                  .map(other -> "io.meanfield." + other + "..")
                  .toArray(String[]::new);
          if (forbidden.length > 0) {
            noClasses()
                .that()
                .resideInAPackage("io.meanfield." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(all);
          }
        });
  }

  @ArchTest
  static final ArchRule noCyclesBetweenRooms =
      slices().matching("io.meanfield.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule networkAndSettingsKnowNoSpark =
      noClasses()
          .that()
          .resideInAnyPackage("io.meanfield.network..", "io.meanfield.settings..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.apache.spark.."));

  @ArchTest
  static final ArchRule onlyTheNetworkRoomAndDl4jSparkKnowDl4j =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.meanfield.network.dl4j..", "io.meanfield.pipeline..", "io.meanfield.dl4jspark..")
          .should()
          .dependOnClassesThat(resideInAnyPackage("org.deeplearning4j..", "org.nd4j.."));

  @ArchTest
  static final ArchRule onlyTheCommandLineEndsTheProcess =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.meanfield.cli..")
          .should()
          .callMethod(System.class, "exit", int.class);

  @ArchTest
  static final ArchRule everyClassIsInARoom =
      classes()
          .should()
          .resideInAnyPackage(
              MAY_IMPORT.keySet().stream()
                  .map(room -> "io.meanfield." + room + "..")
                  .toArray(String[]::new));

  @Test
  void everyRoomIsKnownAndHasAPackageInfo() throws IOException {
    try (Stream<Path> entries = Files.list(MAIN)) {
      List<Path> rooms = entries.filter(Files::isDirectory).toList();
      assertThat(
              rooms.stream().map(room -> room.getFileName().toString()).collect(Collectors.toSet()))
          .isEqualTo(MAY_IMPORT.keySet());
      assertThat(rooms).allSatisfy(room -> assertThat(room.resolve("package-info.java")).exists());
    }
  }

  @Test
  void theImporterSeesTheRooms() {
    JavaClasses found = new ClassFileImporter().importPackages("io.meanfield.train");
    assertThat(found.contain("io.meanfield.train.Trainer")).isTrue();
  }
}
