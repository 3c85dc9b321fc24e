package org.dlm.maven;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** How many bytes of bytecode the methods of a class file have, and on which source line each begins. */
final class MethodSizes {
  record Method(String name, int bytes, int line) {}

  private final DataInputStream in;
  private String[] texts;

  private MethodSizes(byte[] classFile) {
    in = new DataInputStream(new ByteArrayInputStream(classFile));
  }

  static List<Method> of(byte[] classFile) throws IOException {
    return new MethodSizes(classFile).read();
  }

  private List<Method> read() throws IOException {
    in.skipNBytes(8);
    readTexts();
    in.skipNBytes(6);
    in.skipNBytes(2L * in.readUnsignedShort());
    int fields = in.readUnsignedShort();
    for (int i = 0; i < fields; i++) {
      in.skipNBytes(6);
      skipAttributes();
    }
    List<Method> methods = new ArrayList<>();
    int count = in.readUnsignedShort();
    for (int i = 0; i < count; i++) {
      methods.add(readMethod());
    }
    return methods;
  }

  /** The constant pool, of which only the texts matter here. */
  private void readTexts() throws IOException {
    texts = new String[in.readUnsignedShort()];
    for (int i = 1; i < texts.length; i++) {
      int tag = in.readUnsignedByte();
      switch (tag) {
        case 1 -> texts[i] = in.readUTF();
        case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
        case 5, 6 -> {
          in.skipNBytes(8);
          i++; // long and double take two places
        }
        case 7, 8, 16, 19, 20 -> in.skipNBytes(2);
        case 15 -> in.skipNBytes(3);
        default -> throw new IOException("class file with an unknown constant of kind " + tag);
      }
    }
  }

  private Method readMethod() throws IOException {
    in.skipNBytes(2);
    String name = texts[in.readUnsignedShort()];
    in.skipNBytes(2);
    int bytes = 0;
    int line = 1;
    int attributes = in.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      String attribute = texts[in.readUnsignedShort()];
      int length = in.readInt();
      if (attribute.equals("Code")) {
        in.skipNBytes(4);
        bytes = in.readInt();
        in.skipNBytes(bytes);
        in.skipNBytes(8L * in.readUnsignedShort());
        line = readFirstLine();
      } else {
        in.skipNBytes(length);
      }
    }
    return new Method(name, bytes, line);
  }

  private int readFirstLine() throws IOException {
    int first = 1;
    int attributes = in.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      String attribute = texts[in.readUnsignedShort()];
      int length = in.readInt();
      if (attribute.equals("LineNumberTable") && length >= 6) {
        in.skipNBytes(4);
        first = in.readUnsignedShort();
        in.skipNBytes(length - 6);
      } else {
        in.skipNBytes(length);
      }
    }
    return first;
  }

  private void skipAttributes() throws IOException {
    int attributes = in.readUnsignedShort();
    for (int i = 0; i < attributes; i++) {
      in.skipNBytes(2);
      in.skipNBytes(in.readInt());
    }
  }
}
