package io.meanfield.ml;

import io.meanfield.engine.dl4j.SavedModel;
import io.meanfield.export.ProvedFile;
import io.meanfield.pipeline.score.ExportExamples;
import io.meanfield.pipeline.score.ExportFormat;
import io.meanfield.pipeline.score.ExportJob;
import io.meanfield.pipeline.score.ExportRecord;
import io.meanfield.store.file.ExportedFile;
import io.meanfield.store.file.FileContent;
import org.apache.hadoop.conf.Configuration;

/**
 * A model as ONNX, whose outputs are those of the model, and its description. Driver only.
 *
 * @param record as the command {@code export} writes it beside the file
 */
record OnnxFile(byte[] content, ExportRecord record) {
  /**
   * Exports a model, and compares the outputs for rows.
   *
   * @param name of the model
   */
  static OnnxFile of(String name, ModelRows rows) {
    TrainedNetwork trained = rows.trained();
    SavedModel saved = trained.saved();
    ExportExamples examples = ExportExamples.of(saved, rows.raw(), TrainingFrame.DISPLAY);
    ProvedFile file = ExportJob.proved(name, saved, examples);
    return new OnnxFile(
        file.content(), ExportRecord.of(name, ExportFormat.ONNX, saved.model(), file));
  }

  /** Writes both files. */
  void write(Configuration hadoop, String path) {
    ExportedFile.write(hadoop, path, out -> out.write(content));
    ExportedFile.write(hadoop, path + ExportRecord.SUFFIX, FileContent.json(record));
  }
}
