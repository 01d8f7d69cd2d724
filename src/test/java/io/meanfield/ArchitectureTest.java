package io.meanfield;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.data.frame.FrameSource;
import io.meanfield.data.prepared.PreparedDataset;
import io.meanfield.error.Printable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The order of the packages, and rules that hold for every class. The rules are methods, because
 * Surefire does not run ArchUnit rules that are fields.
 */
@AnalyzeClasses(packages = "io.meanfield", importOptions = ArchitectureTest.MainClasses.class)
class ArchitectureTest {
  /** Excludes tests in every build directory; ArchUnit's own option knows only target. */
  static final class MainClasses implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("/test-classes/");
    }
  }

  private static final Path MAIN = Path.of("src/main/java/io/meanfield");
  private static final Pattern LISTED_IMPORTS = Pattern.compile("Imports (.*?)\\.(?= |$)");
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import (?:static )?io\\.meanfield\\.([a-z0-9.]+)\\.[A-Z]");
  // A package imports only packages of the levels to its right, never one of its own level.
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("cli"),
          Set.of("lesson"),
          Set.of("ml", "serve"),
          Set.of("pipeline", "dl4jspark"),
          Set.of("reinforce", "pretrain"),
          Set.of("registry", "train", "doctor", "export"),
          Set.of("scorer"),
          Set.of("evaluate", "gate"),
          Set.of("batch"),
          Set.of("engine"),
          Set.of("learner"),
          Set.of("network", "data"),
          Set.of("tracking"),
          Set.of("store", "report", "promotion"),
          Set.of("kernels", "random", "settings", "sparkui"),
          Set.of("json"),
          Set.of("error"));

  // Binary compatible between Scala 2.12 and 2.13, as far as our calls go: one jar runs on Spark
  // 3.5 and 4. A conversion of collections is not, and Seq is another type in each of them.
  private static final Set<String> SHARED_SCALA_TYPES =
      Set.of(
          "scala.Function0",
          "scala.Function1",
          "scala.Function2",
          "scala.Option",
          "scala.Tuple2",
          "scala.Tuple3",
          "scala.collection.Iterator",
          "scala.reflect.ClassTag",
          "scala.reflect.ClassTag$");

  @ArchTest
  static void packagesImportOnlyPackagesToTheirRight(JavaClasses all) {
    for (int level = 0; level < LEVELS.size(); level++) {
      for (String name : LEVELS.get(level)) {
        String[] forbidden =
            LEVELS.subList(0, level + 1).stream()
                .flatMap(Set::stream)
                .filter(other -> !other.equals(name))
                .map(other -> "io.meanfield." + other + "..")
                .toArray(String[]::new);
        if (forbidden.length > 0) {
          noClasses()
              .that()
              .resideInAPackage("io.meanfield." + name + "..")
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(forbidden)
              .check(all);
        }
      }
    }
  }

  @ArchTest
  static void noCyclesBetweenPackages(JavaClasses all) {
    slices().matching("io.meanfield.(**)").should().beFreeOfCycles().check(all);
  }

  @ArchTest
  static void noCyclesOfMoreThanTwoClasses(JavaClasses all) {
    Map<String, Set<String>> graph = new TreeMap<>();
    for (JavaClass each : all) {
      Set<String> targets = graph.computeIfAbsent(topLevel(each), name -> new TreeSet<>());
      each.getDirectDependenciesFromSelf().stream()
          .map(dependency -> topLevel(dependency.getTargetClass()))
          .filter(target -> target.startsWith("io.meanfield.") && !target.equals(topLevel(each)))
          .forEach(targets::add);
    }
    assertThat(ClassCycles.largerThanTwo(graph)).isEmpty();
  }

  private static String topLevel(JavaClass each) {
    String name = each.getBaseComponentType().getName();
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  // A prepared data set is kept as Parquet, and the job that prepares it writes it. A DataFrame has
  // no settings that could choose its format; Spark ML's estimators hand it over.
  @ArchTest
  static void onlyDataFormatsDependsOnTheFormats(JavaClasses all) {
    for (String format : List.of("idx", "csv", "parquet", "spark", "prepared")) {
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.meanfield.data.formats",
              "io.meanfield.data." + format,
              format.equals("parquet") ? "io.meanfield.data.prepared" : "io.meanfield.data.formats")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage("io.meanfield.data." + format)
                  .and(doNot(name(PreparedDataset.class.getName())))
                  .and(doNot(name(FrameSource.class.getName())))
                  .and(doNot(name(FrameEncoder.class.getName()))))
          .check(all);
    }
  }

  @ArchTest
  static void onlyDataDependsOnTables(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.meanfield.data..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.meanfield.data.table")
        .check(all);
  }

  // data.formats reads the settings of the shards, too.
  @ArchTest
  static void readersDoNotDependOnShards(JavaClasses all) {
    noClasses()
        .that()
        .resideInAPackage("io.meanfield.data..")
        .and()
        .resideOutsideOfPackages("io.meanfield.data.shard..", "io.meanfield.data.formats..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.meanfield.data.shard..")
        .check(all);
  }

  @ArchTest
  static void networksAndEnginesDoNotDependOnSpark(JavaClasses all) {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.meanfield.network..",
            "io.meanfield.settings..",
            "io.meanfield.learner..",
            "io.meanfield.engine..",
            "io.meanfield.kernels..",
            "io.meanfield.random..",
            "io.meanfield.report..",
            "io.meanfield.promotion..",
            "io.meanfield.json..",
            "io.meanfield.error..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.apache.spark.."))
        .check(all);
  }

  // Pages are written by commands that start no Spark.
  @ArchTest
  static void pagesDependOnlyOnJavaJacksonMustacheAndErrors(JavaClasses all) {
    classes()
        .that()
        .resideInAPackage("io.meanfield.report.page..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "java..",
                "com.fasterxml.jackson..",
                "com.samskivert.mustache..",
                "io.meanfield.report.page..",
                "io.meanfield.error.."))
        .check(all);
  }

  @ArchTest
  static void onlyTheReferenceEngineAndDl4jSparkDependOnDl4j(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.meanfield.engine.dl4j..", "io.meanfield.dl4jspark..", "io.meanfield.export.onnx..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.deeplearning4j..", "org.nd4j.."))
        .check(all);
  }

  // ND4J's jar contains the classes of ONNX files and of protocol buffers.
  @ArchTest
  static void onlyExportOnnxDependsOnOnnx(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.meanfield.export.onnx..", "io.meanfield.scorer..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("onnx..", "ai.onnxruntime.."))
        .check(all);
    noClasses()
        .that()
        .resideInAPackage("io.meanfield.export.onnx..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
                .and(doNot(resideInAnyPackage("org.nd4j.shade.protobuf.."))))
        .check(all);
  }

  // The name of its score is a constant, which the compiler copies.
  @ArchTest
  static void onlyPlayDependsOnReinforcement(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.meanfield.reinforce..", "io.meanfield.pipeline.play")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.meanfield.reinforce..")
        .check(all);
  }

  @ArchTest
  static void onlyTheTorchEngineDependsOnLibTorch(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.meanfield.engine.torch..")
        .should()
        .dependOnClassesThat(resideInAnyPackage("org.bytedeco.pytorch.."))
        .check(all);
  }

  @ArchTest
  static void calledMethodsHaveOnlyScalaTypesThatBothScalaVersionsShare(JavaClasses all) {
    assertThat(scalaTypes(all.stream().flatMap(ArchitectureTest::typesOfCalls)))
        .isNotEmpty()
        .isSubsetOf(SHARED_SCALA_TYPES);
  }

  // Whether a value is a Seq or a Map may be asked, which is safe.
  @ArchTest
  static void classesNameOnlyScalaTypesThatBothScalaVersionsShare(JavaClasses all) {
    Set<String> named =
        scalaTypes(
            all.stream()
                .flatMap(each -> each.getDirectDependenciesFromSelf().stream())
                .map(Dependency::getTargetClass));
    named.remove("scala.collection.Seq");
    named.remove("scala.collection.Map");
    assertThat(named).isNotEmpty().isSubsetOf(SHARED_SCALA_TYPES);
  }

  private static Stream<JavaClass> typesOfCalls(JavaClass caller) {
    return caller.getCodeUnitCallsFromSelf().stream()
        .map(call -> call.getTarget())
        .flatMap(
            called ->
                Stream.concat(
                    Stream.of(called.getOwner(), called.getRawReturnType()),
                    called.getRawParameterTypes().stream()));
  }

  private static Set<String> scalaTypes(Stream<JavaClass> types) {
    return types
        .map(type -> type.getBaseComponentType().getName())
        .filter(name -> name.startsWith("scala."))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @ArchTest
  static void onlyTheCommandLineEndsTheProcess(JavaClasses all) {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.meanfield.cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(all);
  }

  /** Data and files may contain escape sequences, which Printable makes visible. */
  @ArchTest
  static void linesForTheTerminalArePrintedByPrintable(JavaClasses all) {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Printable.class)
        .and(doNot(simpleName("StatusLine").or(simpleName("Terminal"))))
        .should()
        .accessTargetWhere(
            describe(
                "it prints",
                access ->
                    (access.getTargetOwner().isAssignableTo(PrintStream.class)
                            || access.getTargetOwner().isAssignableTo(PrintWriter.class))
                        && access.getName().matches("print(ln|f)?|format|append|write")))
        .check(all);
  }

  // The reason is in the package-info of data.
  @ArchTest
  static void recordsThatSparkMaySerialiseAreReadableByKryo(JavaClasses all) {
    classes()
        .that()
        .resideInAnyPackage(
            "io.meanfield.data..",
            "io.meanfield.evaluate..",
            "io.meanfield.gate..",
            "io.meanfield.train..",
            "io.meanfield.dl4jspark..",
            "io.meanfield.reinforce..",
            "io.meanfield.pretrain..",
            "io.meanfield.ml..")
        .and()
        .areRecords()
        .and()
        .areAssignableTo(Serializable.class)
        .should()
        .beAnnotatedWith(DefaultSerializer.class)
        .check(all);
  }

  @ArchTest
  static void everyClassIsInAKnownPackage(JavaClasses all) {
    classes()
        .should()
        .resideInAnyPackage(
            LEVELS.stream()
                .flatMap(Set::stream)
                .map(name -> "io.meanfield." + name + "..")
                .toArray(String[]::new))
        .check(all);
  }

  @Test
  void everyPackageHasAPackageInfo() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      Set<Path> packages =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .map(Path::getParent)
              .collect(Collectors.toSet());
      assertThat(packages)
          .hasSizeGreaterThan(20)
          .allSatisfy(each -> assertThat(each.resolve("package-info.java")).exists());
    }
  }

  @Test
  void everyPackageInfoListsTheImportedPackages() throws IOException {
    try (Stream<Path> files = Files.walk(MAIN)) {
      for (Path info : files.filter(file -> file.endsWith("package-info.java")).toList()) {
        String listed = listedImports(Files.readString(info));
        if (!listed.contains("every package")) {
          Set<String> packages =
              listed.equals("no other package") ? Set.of() : Set.of(listed.split(", | and "));
          assertThat(packages)
              .as(info.toString())
              .containsExactlyInAnyOrderElementsOf(imports(info.getParent()));
        }
      }
    }
  }

  /** Returns "b, c and d" of "Imports b (a note), c and d." in a package-info. */
  private static String listedImports(String text) {
    String sentences = text.replaceAll("\\s*\\n \\* ?", " ");
    Matcher sentence = LISTED_IMPORTS.matcher(sentences);
    assertThat(sentence.find()).as(text).isTrue();
    return sentence.group(1).replaceAll(" \\([^)]*\\)", "");
  }

  /** Returns the packages of Meanfield that the files of a folder import. */
  private static Set<String> imports(Path folder) throws IOException {
    Set<String> imported = new TreeSet<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        IMPORT.matcher(Files.readString(file)).results().forEach(m -> imported.add(m.group(1)));
      }
    }
    imported.remove(MAIN.relativize(folder).toString().replace('/', '.'));
    return imported;
  }

  @ArchTest
  static void importerSeesTheClasses(JavaClasses found) {
    assertThat(found.contain("io.meanfield.train.Trainer")).isTrue();
  }
}
