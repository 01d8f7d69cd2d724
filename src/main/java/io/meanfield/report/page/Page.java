package io.meanfield.report.page;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A page: a header, then sections. All text is plain text; the template escapes it.
 *
 * @param subtitle one line below the title; may be empty
 * @param keyFacts the few facts of the header that a reader looks for first; may be empty
 */
public record Page(String title, String subtitle, List<Fact> keyFacts, List<Section> sections) {
  private static final String FOLDER = "/meanfield/page/";
  // A document in UTF-8 has no lone surrogate, and HTML no control characters but white space.
  private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\p{Cs}&&[^\\r\\n\\t]]");
  private static final Template TEMPLATE =
      Mustache.compiler()
          .withEscaper(Page::escaped)
          .emptyStringIsFalse(true)
          .withLoader(name -> new StringReader(resource(FOLDER + name + ".html")))
          .compile(resource(FOLDER + "page.html"));

  /** Apache ECharts with lines, bars and points, out of the library of the build. */
  static final String ECHARTS =
      resource("/META-INF/resources/webjars/echarts/5.3.1/dist/echarts.common.min.js");

  static final String STYLE = resource(FOLDER + "page.css");
  static final String SCRIPT = resource(FOLDER + "charts.js") + resource(FOLDER + "page.js");

  /**
   * Writes the page as one HTML file in UTF-8; the stream stays open. The file holds its style, its
   * scripts and its numbers; it refers to no other file and no host, and its content security
   * policy forbids both.
   */
  public void write(OutputStream out) throws IOException {
    Writer text = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    Map<String, String> frame =
        Map.of("policy", policy(), "style", STYLE, "echarts", ECHARTS, "script", SCRIPT);
    TEMPLATE.execute(this, frame, text);
    text.flush();
  }

  // Content Security Policy Level 3 of the W3C: only these scripts and this style run.
  private static String policy() {
    return "default-src 'none'; script-src "
        + hash(ECHARTS)
        + " "
        + hash(SCRIPT)
        + "; style-src "
        + hash(STYLE)
        + "; img-src data:; base-uri 'none'; form-action 'none'";
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

  /** Returns the text as it stands in a document: as text, or within the quotes of an attribute. */
  static String escaped(String text) {
    return Escapers.HTML.escape(FORBIDDEN.matcher(text).replaceAll("\ufffd"));
  }

  private static String resource(String name) {
    try (InputStream in = Page.class.getResourceAsStream(name)) {
      if (in == null) {
        throw UserException.of(
            ErrorCode.UNEXPECTED,
            "the class path has no %s; use the application jar as the build packs it",
            name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException broken) {
      throw new UncheckedIOException("cannot read " + name + " of the class path", broken);
    }
  }
}
