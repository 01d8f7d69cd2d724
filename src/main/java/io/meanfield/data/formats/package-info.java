/**
 * The list of data formats and the settings under {@code data}: the only package that knows every
 * format.
 *
 * <p>Imports the packages below data. Start reading at {@link
 * io.meanfield.data.formats.DataSettings}.
 */
package io.meanfield.data.formats;
