package org.headstart.runtime.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

import javax.xml.parsers.DocumentBuilderFactory;

import org.eclipse.core.runtime.IExtensionPoint;
import org.eclipse.core.runtime.RegistryFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Every extension point's schema documents every attribute and has an example. */
class SchemaTest {

	@ParameterizedTest
	@ValueSource(strings = {"environment environments", "wrapper wrappers", "backbone backbones", "learner learners", "loss losses",
			"strategy strategies", "executor executors"})
	void schemaIsComplete(String elementAndPoint) throws Exception {
		String element = elementAndPoint.split(" ")[0];
		String point = elementAndPoint.split(" ")[1];
		IExtensionPoint registered = RegistryFactory.getRegistry().getExtensionPoint("org.headstart.api." + point);
		assertEquals("schema/" + point + ".exsd", registered.getSchemaReference());
		assertFalse(registered.getLabel().isBlank());
		Bundle api = FrameworkUtil.getBundle(org.headstart.api.settings.Setting.class);
		Document schema;
		try (InputStream in = api.getEntry(registered.getSchemaReference()).openStream()) {
			schema = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
		}
		List<String> attributes = new ArrayList<>();
		for (Element attribute : elements(schema.getDocumentElement(), "attribute")) {
			String name = attribute.getAttribute("name");
			List<Element> documentation = elements(attribute, "documentation");
			assertFalse(documentation.isEmpty(), () -> name + " is not documented");
			assertFalse(documentation.get(0).getTextContent().isBlank(), () -> name + " is not documented");
			if (((Element) attribute.getParentNode().getParentNode()).getAttribute("name").equals(element)) {
				assertEquals("required", attribute.getAttribute("use"), name);
				attributes.add(name);
			}
		}
		assertEquals(List.of("id", "name", "description", "class", "settings"), attributes);
		List<String> sections = elements(schema.getDocumentElement(), "meta.section").stream()
				.map(section -> section.getAttribute("type")).toList();
		assertTrue(sections.containsAll(List.of("examples", "apiinfo", "implementation", "since")), sections::toString);
		assertTrue(schema.getDocumentElement().getTextContent().contains("<extension point=\"org.headstart.api." + point),
				"there is no example");
	}

	private static List<Element> elements(Element parent, String name) {
		NodeList nodes = parent.getElementsByTagName(name);
		List<Element> elements = new ArrayList<>();
		for (int i = 0; i < nodes.getLength(); i++) {
			elements.add((Element) nodes.item(i));
		}
		return elements;
	}
}
