package org.headstart.runtime.internal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/** A bundle made for a test: someone else's plug-in with a plugin.xml of any content. Closing it uninstalls it. */
final class SyntheticBundle implements AutoCloseable {

	private final Bundle bundle;

	private SyntheticBundle(Bundle bundle) {
		this.bundle = bundle;
	}

	/** Installs and resolves a bundle that requires the API and the point environments, so that it can name their classes. */
	static SyntheticBundle install(BundleContext context, String name, String extensions)
			throws IOException, BundleException {
		return install(context, name, extensions, Map.of(), "1.0.0");
	}

	static SyntheticBundle install(BundleContext context, String name, String extensions, Map<String, String> files,
			String version) throws IOException, BundleException {
		return install(context, name, jar(name, extensions, files, version));
	}

	/** Installs and resolves any jar. */
	static SyntheticBundle install(BundleContext context, String name, byte[] jar) throws IOException, BundleException {
		Bundle bundle = context.installBundle("test:" + name, new ByteArrayInputStream(jar));
		if (!context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(bundle))) {
			bundle.uninstall();
			throw new BundleException(name + " cannot be resolved");
		}
		return new SyntheticBundle(bundle);
	}

	static byte[] jar(String name, String extensions, Map<String, String> files, String version) throws IOException {
		Map<String, byte[]> bytes = new LinkedHashMap<>();
		files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
		return jarOf(name, extensions, bytes, version);
	}

	static byte[] jarOf(String name, String extensions, Map<String, byte[]> files, String version) throws IOException {
		return jarOf(name, extensions, files, version, Map.of());
	}

	static byte[] jarOf(String name, String extensions, Map<String, byte[]> files, String version, Map<String, String> headers)
			throws IOException {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.putValue("Bundle-ManifestVersion", "2");
		attributes.putValue("Bundle-SymbolicName", name + ";singleton:=true");
		attributes.putValue("Bundle-Version", version);
		attributes.putValue("Require-Bundle", "org.headstart.api,org.headstart.environments.point,org.headstart.runtime");
		headers.forEach(attributes::putValue);
		Map<String, byte[]> all = new LinkedHashMap<>(files);
		all.put("plugin.xml", ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plugin>" + extensions + "</plugin>\n")
				.getBytes(StandardCharsets.UTF_8));
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
			for (Map.Entry<String, byte[]> file : all.entrySet()) {
				jar.putNextEntry(new ZipEntry(file.getKey()));
				jar.write(file.getValue());
				jar.closeEntry();
			}
		}
		return bytes.toByteArray();
	}

	Bundle bundle() {
		return bundle;
	}

	@Override
	public void close() throws BundleException {
		bundle.uninstall();
	}
}
