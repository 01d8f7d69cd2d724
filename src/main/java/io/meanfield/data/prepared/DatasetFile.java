package io.meanfield.data.prepared;

import io.meanfield.data.Dataset;
import io.meanfield.data.Segments;
import io.meanfield.data.TargetKind;
import io.meanfield.data.encoding.ColumnRoles;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.json.Json;
import io.meanfield.json.SchemaVersion;
import io.meanfield.store.RunDirectory;
import io.meanfield.store.file.FileContent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The file {@value #NAME}, which describes the table of a prepared data set.
 *
 * @param fingerprint of the examples, by which they are verified when they are read
 * @param segments between which the examples are divided; empty if they are divided at random
 */
record DatasetFile(
    int schemaVersion,
    long examples,
    String fingerprint,
    int width,
    Content content,
    Optional<Segments> segments) {
  static final String NAME = "dataset.json";
  private static final int VERSION = 1;

  /**
   * The content of the table.
   *
   * @param images whether the features are pixels
   * @param keyed whether the ids of examples are strings
   * @param labelled whether examples have targets
   * @param targets the number of target values per example; 0 for a class label
   * @param weighted whether examples have weights
   */
  record Content(boolean images, boolean keyed, boolean labelled, int targets, boolean weighted) {
    private static Content of(Dataset data) {
      boolean keyed = data.blocks().map(block -> block.externalIds().length > 0).first();
      return new Content(
          data.hasImages(), keyed, data.isLabelled(), data.targetKind().width(), data.isWeighted());
    }

    /** The kind of target of the examples. */
    TargetKind targetKind() {
      TargetKind kind = targets == 0 ? TargetKind.CLASSES : TargetKind.of(targets);
      return labelled ? kind : kind.missing(".name was prepared from data without labels");
    }

    /** The roles of the table's columns. */
    ColumnRoles columns() {
      return new ColumnRoles(
              keyed ? Optional.of("key") : Optional.empty(),
              Optional.of(List.of(images ? "pixels" : "features")),
              List.of(),
              labelled && targets == 0 ? Optional.of("label") : Optional.empty(),
              labelled && targets > 0 ? List.of("targets") : List.of(),
              ColumnRoles.HandleUnknown.ERROR)
          .withWeight(weighted ? Optional.of("weight") : Optional.empty());
    }
  }

  /** Describes a data set. */
  static DatasetFile of(Dataset data, String fingerprint) {
    return new DatasetFile(
        VERSION, data.count(), fingerprint, data.width(), Content.of(data), data.segments());
  }

  void write(RunDirectory run) {
    run.replace(NAME, FileContent.json(this));
  }

  /** Returns the file of a run; empty if the run has no such file. */
  static Optional<DatasetFile> read(RunDirectory run) {
    String where = run.display() + "/" + NAME;
    return run.readBytes(NAME).map(json -> parse(json, where));
  }

  static DatasetFile parse(byte[] json, String where) {
    try {
      SchemaVersion.require(json, VERSION, where, ErrorCode.DATA_UNREADABLE);
      return Json.parse(json, DatasetFile.class);
    } catch (IOException e) {
      throw damaged(where, e.getMessage(), e);
    }
  }

  private static UserException damaged(String where, String reason, IOException cause) {
    return UserException.causedBy(
        cause,
        ErrorCode.DATA_UNREADABLE,
        "%s does not describe a prepared data set: %s; restore the file",
        where,
        reason);
  }
}
