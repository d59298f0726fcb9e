package org.headstart.runtime.internal;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.Set;

/**
 * Reads a class file's constant pool, in which everything stands that the class names: the classes that it uses, extends, permits
 * and encloses, those in the descriptors and signatures of its members and annotations, and its texts. Format: The Java Virtual
 * Machine Specification, section 4.4.
 */
final class ClassFile {

	private static final int MAGIC = 0xCAFEBABE;
	private static final int UTF8 = 1;
	private static final int CLASS = 7;

	private ClassFile() {}

	/**
	 * Reads a class file.
	 *
	 * @param bytes   the file
	 * @param classes receives the names of classes, as {@code com/acme/Lava$Vent}
	 * @param texts   receives the texts that have a dot or a slash, as names of classes, packages and files have, descriptors left out
	 * @throws IOException when it is no class file
	 */
	static void read(byte[] bytes, Set<String> classes, Set<String> texts) throws IOException {
		DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
		if (in.readInt() != MAGIC) {
			throw new IOException("not a class file");
		}
		in.skipNBytes(4);
		int count = in.readUnsignedShort();
		String[] utf8 = new String[count];
		int[] named = new int[count];
		for (int i = 1; i < count; i++) {
			int tag = in.readUnsignedByte();
			switch (tag) {
				case UTF8 -> utf8[i] = in.readUTF();
				case CLASS -> named[i] = in.readUnsignedShort();
				// string, method type, module, package
				case 8, 16, 19, 20 -> in.skipNBytes(2);
				// method handle
				case 15 -> in.skipNBytes(3);
				// int, float, field, method, interface method, name and type, dynamic, invokedynamic
				case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
				// a long or a double takes two places
				case 5, 6 -> {
					in.skipNBytes(8);
					i++;
				}
				default -> throw new IOException("not a class file that this version can read: constant " + i + " has tag " + tag);
			}
		}
		for (int i = 1; i < count; i++) {
			if (named[i] > 0) {
				String name = utf8[named[i]];
				if (!name.startsWith("[")) {
					classes.add(name);
				}
			}
			if (utf8[i] != null) {
				descriptors(utf8[i], classes);
				if ((utf8[i].indexOf('.') >= 0 || utf8[i].indexOf('/') >= 0) && utf8[i].indexOf(';') < 0) {
					texts.add(utf8[i]);
				}
			}
		}
	}

	/** The classes in a descriptor or signature: {@code (Lcom/acme/Lava;[I)Ljava/util/List<Lcom/acme/Vent;>;}. */
	private static void descriptors(String text, Set<String> classes) {
		int start = -1;
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (start < 0) {
				start = c == 'L' ? i + 1 : -1;
			} else if (c == ';' || c == '<') {
				classes.add(text.substring(start, i));
				start = -1;
			} else if (c != '/' && c != '-' && !Character.isJavaIdentifierPart(c)) {
				start = -1;
			}
		}
	}
}
