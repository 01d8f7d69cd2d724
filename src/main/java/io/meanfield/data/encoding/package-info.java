/**
 * What the columns of a table become: their roles, the encoder that makes inputs and classes of
 * their values, its dictionaries and its file, and the rows that are left out. Knows no examples
 * and no format.
 *
 * <p>Imports data.column, error, json, settings, store and store.file. Start reading at {@link
 * io.meanfield.data.encoding.TableEncoder}, then {@link io.meanfield.data.encoding.EncodingsFile}.
 */
package io.meanfield.data.encoding;
