package io.meanfield.ml;

import io.meanfield.data.encoding.EncodingsFile;
import io.meanfield.data.encoding.TableEncoder;
import io.meanfield.data.frame.FrameEncoder;
import io.meanfield.engine.dl4j.ModelFile;
import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import io.meanfield.kernels.Kernels;
import io.meanfield.network.Engine;
import io.meanfield.pipeline.train.FitRecord;
import io.meanfield.store.file.FileContent;
import io.meanfield.store.file.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;

/**
 * Saves and loads a trained network in the directory {@code data} beside Spark's metadata: {@code
 * model.zip} and {@code encodings.json} as in a run, which the commands read too, {@code
 * inputs.json}, and {@code fit.json} with what is known of the fit.
 */
final class ModelStorage {
  private static final String MODEL = "model.zip";
  private static final String INPUTS = "inputs.json";
  private static final String FIT = "fit.json";
  private static final int SCHEMA_VERSION = 1;

  private ModelStorage() {}

  /**
   * The content of inputs.json.
   *
   * @param widths as in {@link FrameEncoder}
   */
  record Inputs(int schemaVersion, String engine, String kernels, List<Integer> widths) {}

  /** Returns the writer of a model with its params. */
  static MLWriter writer(TrainedModel<?> model) {
    return new Writer(model);
  }

  /** Returns the reader of a model whose class has a constructor that takes a uid. */
  static <M extends TrainedModel<M>> MLReader<M> reader(Class<M> type) {
    return new Reader<>(type);
  }

  private static final class Writer extends DefaultParamsWriter {
    private final TrainedModel<?> model;

    Writer(TrainedModel<?> model) {
      super(model);
      this.model = model;
    }

    @Override
    public void saveImpl(String path) {
      super.saveImpl(path);
      write(new Folder(path, sparkSession().sessionState().newHadoopConf()), model.trained());
    }
  }

  private static final class Reader<M extends TrainedModel<M>> extends StageReader<M> {
    Reader(Class<M> type) {
      super(type);
    }

    @Override
    public M load(String path) {
      M model = super.load(path);
      return model.with(read(new Folder(path, sparkSession().sessionState().newHadoopConf())));
    }
  }

  private static void write(Folder folder, TrainedNetwork trained) {
    Inputs inputs =
        new Inputs(
            SCHEMA_VERSION,
            trained.network().engine().id(),
            trained.network().kernels().id(),
            trained.encoder().widths());
    folder.write(MODEL, out -> ModelFile.write(trained.saved(), out));
    folder.write(EncodingsFile.NAME, EncodingsFile.content(trained.encoder().encoder()));
    folder.write(INPUTS, FileContent.json(inputs));
    folder.write(FIT, FileContent.json(trained.fit()));
  }

  private static TrainedNetwork read(Folder folder) {
    return folder.reading(
        () -> {
          byte[] json = folder.bytes(INPUTS);
          SchemaVersion.require(
              json, SCHEMA_VERSION, folder.display(INPUTS), ErrorCode.MODEL_UNUSABLE);
          Inputs inputs = Json.parse(json, Inputs.class);
          SavedModel saved =
              ModelFile.read(
                  () -> folder.open(MODEL),
                  () -> folder.open(EncodingsFile.NAME),
                  folder.display(MODEL));
          return TrainedNetwork.of(
              saved
                  .model()
                  .withEngine(Engine.of(inputs.engine()))
                  .withKernels(Kernels.of(inputs.kernels())),
              new FrameEncoder(encoder(saved, folder), inputs.widths(), saved.images()),
              Json.parse(folder.bytes(FIT), FitRecord.class));
        });
  }

  private static TableEncoder encoder(SavedModel saved, Folder folder) {
    return saved
        .encoder()
        .orElseThrow(
            () ->
                UserException.of(
                    ErrorCode.MODEL_UNUSABLE,
                    "%s was trained on no table; expected the file that write().save wrote",
                    folder.display(MODEL)));
  }

  /**
   * The folder with the files of a model. A server of Spark Connect keeps models that it moves out
   * of its memory on its local disk, even if the default file system is another one.
   */
  private record Folder(String model, Configuration hadoop) {
    /** Reads something that may fail. */
    @FunctionalInterface
    interface Reading<T> {
      T read() throws IOException;
    }

    String display(String name) {
      return model + "/data/" + name;
    }

    void write(String name, FileContent content) {
      try (OutputStream out = create(name)) {
        content.writeTo(out);
      } catch (IOException e) {
        throw UserException.causedBy(
            e, ErrorCode.STORE_UNWRITABLE, "cannot write %s: %s", display(name), e.getMessage());
      }
    }

    private OutputStream create(String name) throws IOException {
      if (!SparkConnect.savesLocally()) {
        Path file = new Path(display(name));
        return file.getFileSystem(hadoop).create(file, true);
      }
      java.nio.file.Path file = java.nio.file.Path.of(display(name));
      Files.createDirectories(file.getParent());
      return Files.newOutputStream(file);
    }

    InputStream open(String name) throws IOException {
      if (!SparkConnect.savesLocally()) {
        Path file = new Path(display(name));
        return file.getFileSystem(hadoop).open(file);
      }
      return Files.newInputStream(java.nio.file.Path.of(display(name)));
    }

    byte[] bytes(String name) throws IOException {
      try (InputStream in = open(name)) {
        return InputFile.readBytes(in, InputFile.MAX_BYTES);
      }
    }

    <T> T reading(Reading<T> reading) {
      try {
        return reading.read();
      } catch (UserException e) {
        throw e;
      } catch (Exception e) { // Spark throws checked exceptions that it does not declare
        throw UserException.causedBy(
            e,
            ErrorCode.MODEL_UNREADABLE,
            "cannot load the model in %s: %s; expected a directory that write().save has"
                + " completed",
            model,
            e.getMessage());
      }
    }
  }
}
