/**
 * Keeps the versions of models that are in use or were: immutable versions with their checksums, an
 * append-only history of promotions and roll-backs. There is no server; every change is the
 * creation of one file, which of several processes only one can create.
 *
 * <p>Imports data.encoding, error, json, settings, store and store.file. Start reading at {@link
 * io.meanfield.registry.Registry}, then {@link io.meanfield.registry.RegisteredModel} and {@link
 * io.meanfield.registry.History}.
 */
package io.meanfield.registry;
