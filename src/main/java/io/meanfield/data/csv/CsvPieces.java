package io.meanfield.data.csv;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides CSV files into pieces that tasks read side by side; driver only. A first pass over the
 * bytes counts lines, so every row has the position and the line number that it has when one task
 * reads all files in turn. A file with a quote may have line breaks inside of fields, and a gzipped
 * file can only be read from its beginning: each of them is one piece.
 */
final class CsvPieces {
  // Depend on the data alone, so that a row is in the same block on every cluster.
  private static final int PIECES = 64;
  private static final long SMALLEST = 4L << 20;
  private static final long LARGEST = 128L << 20;
  private static final int TASKS_PER_CORE = 2;

  private final Passes passes;
  private final long chunkBytes;

  /** The passes over the files that come before the rows are read. */
  interface Passes {
    /** Counts the lines of the chunks, in their order. */
    List<CsvChunk.Lines> lines(List<CsvChunk> chunks);

    /** Counts the rows of each file by parsing it. */
    List<Long> rows(List<CsvFile> files);
  }

  CsvPieces(Passes passes, long chunkBytes) {
    this.passes = passes;
    this.chunkBytes = chunkBytes;
  }

  /** Returns the size of a chunk for files with this number of bytes together. */
  static long chunkBytes(long bytes) {
    return Math.max(SMALLEST, Math.min(LARGEST, bytes / PIECES));
  }

  /**
   * Returns the number of tasks that read pieces, each consecutive ones: two for each core, more if
   * the files are large. A task costs as much as some ten thousand rows, and writes a file.
   *
   * @param bytes of all files together
   */
  static int tasks(int pieces, long bytes, int cores) {
    return (int) Math.min(pieces, Math.max(TASKS_PER_CORE * Math.max(1L, cores), bytes / LARGEST));
  }

  /** Returns the pieces of the files, in their order. */
  List<CsvPiece> of(List<CsvFile> files, List<Long> lengths) {
    List<CsvChunk> chunks = new ArrayList<>();
    List<Integer> ends = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      chunks.addAll(chunks(files.get(i), lengths.get(i)));
      ends.add(chunks.size());
    }
    List<CsvChunk.Lines> lines = passes.lines(chunks);
    List<List<CsvChunk.Lines>> ofFiles = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      ofFiles.add(lines.subList(i == 0 ? 0 : ends.get(i - 1), ends.get(i)));
    }
    List<Long> firstRows = firstRows(files, ofFiles);
    List<CsvPiece> pieces = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      pieces.addAll(pieces(files.get(i), lengths.get(i), ofFiles.get(i), firstRows.get(i)));
    }
    return pieces;
  }

  /** Returns the position of the first row of each file. */
  private List<Long> firstRows(List<CsvFile> files, List<List<CsvChunk.Lines>> chunks) {
    int counted = files.size() - 1; // no file begins after the last one
    List<CsvFile> indivisible =
        IntStream.range(0, counted)
            .filter(i -> !isDivisible(chunks.get(i)))
            .mapToObj(files::get)
            .toList();
    Iterator<Long> parsed =
        (indivisible.isEmpty() ? List.<Long>of() : passes.rows(indivisible)).iterator();
    List<Long> firstRows = new ArrayList<>(List.of(0L));
    for (int i = 0; i < counted; i++) {
      long rows = isDivisible(chunks.get(i)) ? rows(chunks.get(i)) : parsed.next();
      firstRows.add(firstRows.get(i) + rows);
    }
    return firstRows;
  }

  private static long rows(List<CsvChunk.Lines> chunks) {
    return chunks.stream().mapToLong(CsvChunk.Lines::records).sum() - 1;
  }

  private List<CsvChunk> chunks(CsvFile file, long length) {
    if (file.location().endsWith(".gz")) {
      return List.of(new CsvChunk(file, 0, length)); // the bytes of gzip tell nothing about lines
    }
    List<CsvChunk> chunks = new ArrayList<>();
    long start = 0;
    do {
      chunks.add(new CsvChunk(file, start, Math.min(length, start + chunkBytes)));
      start += chunkBytes;
    } while (start < length);
    return chunks;
  }

  private static boolean isDivisible(List<CsvChunk.Lines> chunks) {
    // The header is the first record of the first piece.
    return chunks.get(0).records() > 0 && chunks.stream().allMatch(CsvChunk.Lines::divisible);
  }

  private static List<CsvPiece> pieces(
      CsvFile file, long length, List<CsvChunk.Lines> chunks, long firstRow) {
    List<String> header = chunks.get(0).header();
    if (!isDivisible(chunks)) {
      return List.of(CsvPiece.whole(file, header, firstRow));
    }
    List<CsvPiece> pieces = new ArrayList<>();
    long lineBreaks = 0;
    long row = firstRow;
    for (int i = 0; i < chunks.size(); i++) {
      CsvChunk.Lines chunk = chunks.get(i);
      if (chunk.lines() > 0) {
        long start = i == 0 ? 0 : chunk.first();
        long end = end(chunks, i, length);
        pieces.add(new CsvPiece(file, header, start, end, lineBreaks, row));
        lineBreaks += chunk.lines();
        row += chunk.records() - (i == 0 ? 1 : 0);
      }
    }
    return pieces;
  }

  private static long end(List<CsvChunk.Lines> chunks, int i, long length) {
    return chunks.stream()
        .skip(i + 1L)
        .filter(chunk -> chunk.lines() > 0)
        .mapToLong(CsvChunk.Lines::first)
        .findFirst()
        .orElse(length);
  }
}
