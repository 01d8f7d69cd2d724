/**
 * Writes a page of tables and charts as one HTML file, which a browser opens without a network and
 * without a server. Callers fill plain records; the page's layout is a template of the class path.
 *
 * <p>Imports error. Start reading at {@link io.meanfield.report.page.Page} and {@link
 * io.meanfield.report.page.Block}.
 */
package io.meanfield.report.page;
