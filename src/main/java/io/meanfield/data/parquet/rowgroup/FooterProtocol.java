package io.meanfield.data.parquet.rowgroup;

import java.io.ByteArrayInputStream;
import shaded.parquet.org.apache.thrift.TConfiguration;
import shaded.parquet.org.apache.thrift.TException;
import shaded.parquet.org.apache.thrift.protocol.TCompactProtocol;
import shaded.parquet.org.apache.thrift.protocol.TList;
import shaded.parquet.org.apache.thrift.protocol.TMap;
import shaded.parquet.org.apache.thrift.protocol.TProtocolException;
import shaded.parquet.org.apache.thrift.protocol.TStruct;
import shaded.parquet.org.apache.thrift.transport.TIOStreamTransport;
import shaded.parquet.org.apache.thrift.transport.TTransportException;

/**
 * Thrift's compact protocol for metadata of Parquet. Refuses collections with more elements than
 * there are bytes left, for any type of elements that they declare, and structures that are nested
 * too deeply.
 */
final class FooterProtocol extends TCompactProtocol {
  // Structures and lists that the format defines are nested less.
  private static final int MAX_DEPTH = 32;

  private final ByteArrayInputStream bytes;
  private int depth;

  private FooterProtocol(ByteArrayInputStream bytes, TConfiguration limits) throws TException {
    super(new TIOStreamTransport(limits, bytes));
    this.bytes = bytes;
  }

  static FooterProtocol of(byte[] footer) throws TException {
    return new FooterProtocol(
        new ByteArrayInputStream(footer),
        new TConfiguration(footer.length, footer.length, TConfiguration.DEFAULT_RECURSION_DEPTH));
  }

  /** Returns whether a failure says that the metadata declare what they do not have. */
  static boolean isOfSize(TException failure) {
    return failure instanceof TTransportException
        || (failure instanceof TProtocolException protocol
            && switch (protocol.getType()) {
              case TProtocolException.NEGATIVE_SIZE,
                  TProtocolException.SIZE_LIMIT,
                  TProtocolException.DEPTH_LIMIT ->
                  true;
              default -> false;
            });
  }

  @Override
  public TStruct readStructBegin() throws TException {
    enter();
    return super.readStructBegin();
  }

  @Override
  public void readStructEnd() throws TException {
    super.readStructEnd();
    depth--;
  }

  // Thrift reads the beginning of a set by this method, too.
  @Override
  public TList readListBegin() throws TException {
    enter();
    TList list = super.readListBegin();
    requireLeft(list.size);
    return list;
  }

  @Override
  public void readListEnd() throws TException {
    super.readListEnd();
    depth--;
  }

  @Override
  public void readSetEnd() throws TException {
    super.readSetEnd();
    depth--;
  }

  @Override
  public TMap readMapBegin() throws TException {
    enter();
    TMap map = super.readMapBegin();
    requireLeft(map.size);
    return map;
  }

  @Override
  public void readMapEnd() throws TException {
    super.readMapEnd();
    depth--;
  }

  private void enter() throws TException {
    depth++;
    if (depth > MAX_DEPTH) {
      throw new TProtocolException(
          TProtocolException.DEPTH_LIMIT, "more than " + MAX_DEPTH + " levels");
    }
  }

  // An element has at least one byte.
  private void requireLeft(int size) throws TException {
    if (size > bytes.available()) {
      throw new TProtocolException(
          TProtocolException.SIZE_LIMIT, size + " elements in " + bytes.available() + " bytes");
    }
  }
}
