package io.meanfield.report.page;

import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The files of the class path that every page holds. */
final class PageResource {
  private static final String FOLDER = "/meanfield/page/";

  static final String TEMPLATE = read(FOLDER + "page.html");
  static final String STYLE = read(FOLDER + "page.css");
  static final String CHARTS = read(FOLDER + "charts.js");
  static final String PAGE_SCRIPT = read(FOLDER + "page.js");
  static final String SCRIPT = CHARTS + PAGE_SCRIPT;

  /** Apache ECharts with lines, bars and points, out of the library of the build. */
  static final String ECHARTS =
      read("/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js");

  private PageResource() {}

  private static String read(String name) {
    try (InputStream in = PageResource.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new UserException(
            ErrorCode.UNEXPECTED,
            "the class path has no " + name + "; use the application jar as the build packs it");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + name + " of the class path", broken);
    }
  }

  /** Returns the source expression of a content security policy for a script or a style. */
  static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
