package org.headstart.workbench.internal.plugins;

import static org.headstart.workbench.internal.TestWorkspace.await;
import static org.headstart.workbench.internal.TestWorkspace.page;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

import org.eclipse.core.runtime.preferences.InstanceScope;
import org.eclipse.e4.ui.model.application.ui.basic.MPart;
import org.eclipse.swt.dnd.Clipboard;
import org.eclipse.swt.dnd.TextTransfer;
import org.eclipse.swt.widgets.Composite;
import org.eclipse.swt.widgets.Control;
import org.eclipse.swt.widgets.Table;
import org.eclipse.swt.widgets.TableItem;
import org.eclipse.ui.IViewPart;
import org.eclipse.ui.PlatformUI;
import org.eclipse.ui.actions.ActionFactory;
import org.headstart.runtime.internal.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.wiring.FrameworkWiring;

class PluginsViewTest {

	private static final Duration SOON = Duration.ofMinutes(2);

	private Bundle installed;

	@AfterEach
	void close() throws Exception {
		page().hideView(page().findView(PluginsView.ID));
		if (installed != null) {
			installed.uninstall();
		}
	}

	/** Installs somebody's plug-in, whose learner has an id that no experiment file could use. */
	private void installBroken() throws Exception {
		Manifest manifest = new Manifest();
		Attributes attributes = manifest.getMainAttributes();
		attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
		attributes.putValue("Bundle-ManifestVersion", "2");
		attributes.putValue("Bundle-SymbolicName", "somebodys.plugin;singleton:=true");
		attributes.putValue("Bundle-Version", "1.0.0");
		attributes.putValue("Require-Bundle", "org.headstart.api");
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
			jar.putNextEntry(new ZipEntry("plugin.xml"));
			jar.write("""
					<plugin><extension point="org.headstart.api.learners">
					<learner id="Bad Id" name="Bad" description="Bad" class="somebodys.Bad"
						settings="org.headstart.api.settings.NoSettings"/>
					</extension></plugin>
					""".getBytes(StandardCharsets.UTF_8));
		}
		BundleContext context = FrameworkUtil.getBundle(Installation.class).getBundleContext().getBundle(0).getBundleContext();
		installed = context.installBundle("test:somebodys.plugin", new ByteArrayInputStream(bytes.toByteArray()));
		assertTrue(context.getBundle(0).adapt(FrameworkWiring.class).resolveBundles(List.of(installed)));
		await(SOON, () -> "nothing is left out", () -> !Installation.current().catalog().problems().isEmpty());
	}

	private static Table table(Composite parent) {
		for (Control child : parent.getChildren()) {
			Table found = child instanceof Table table ? table : child instanceof Composite inner ? table(inner) : null;
			if (found != null) {
				return found;
			}
		}
		return null;
	}

	private static Table open() throws Exception {
		IViewPart view = page().showView(PluginsView.ID);
		return table((Composite) view.getSite().getService(MPart.class).getWidget());
	}

	private static List<String> lines(Table table) {
		return Arrays.stream(table.getItems()).map(PluginsViewTest::line).toList();
	}

	private static String line(TableItem item) {
		return item.getText(0) + " | " + item.getText(1) + " | " + item.getText(2) + " | " + item.getText(3);
	}

	@Test
	void listsWhatIsInstalledWithItsBundle() throws Exception {
		Table table = open();
		await(SOON, () -> lines(table).toString(), () -> table.getItemCount() > 0);
		for (String line : new String[] {"learner | ppo | .+ \\| org.headstart.learners", "environment | cart-pole | .+",
				"strategy | scratch | .+"}) {
			assertTrue(lines(table).stream().anyMatch(each -> each.matches(line.replace(" | ", " \\| "))), () -> lines(table).toString());
		}
		assertTrue(lines(table).stream().noneMatch(line -> line.startsWith(PluginEntry.LEFT_OUT)), () -> lines(table).toString());
	}

	@Test
	void whatWasLeftOutStandsFirstAndCanBeCopied() throws Exception {
		installBroken();
		Table table = open();
		await(SOON, () -> lines(table).toString(), () -> table.getItemCount() > 0);
		assertTrue(lines(table).get(0).startsWith(PluginEntry.LEFT_OUT), lines(table).get(0));
		assertTrue(lines(table).get(0).contains("Bad Id"), lines(table).get(0));
		assertNotNull(table.getItem(0).getImage());

		page().findView(PluginsView.ID).getViewSite().getActionBars().getGlobalActionHandler(ActionFactory.COPY.getId()).run();
		Clipboard clipboard = new Clipboard(table.getDisplay());
		String copied = (String) clipboard.getContents(TextTransfer.getInstance());
		clipboard.dispose();
		assertTrue(copied.contains("somebodys.plugin") && copied.contains("lower kebab case"), copied);
	}

	@Test
	void opensByItselfWhenSomethingWasLeftOutThatWasNotBefore() throws Exception {
		InstanceScope.INSTANCE.getNode("org.headstart.workbench").remove("plugins.leftOut.seen");
		LeftOut.show(PlatformUI.getWorkbench());
		installBroken();
		assertNull(page().findView(PluginsView.ID));
		LeftOut.show(PlatformUI.getWorkbench());
		await(SOON, () -> "not opened", () -> page().findView(PluginsView.ID) != null);

		page().hideView(page().findView(PluginsView.ID));
		LeftOut.show(PlatformUI.getWorkbench());
		// what it would do comes before this
		boolean[] after = new boolean[1];
		PlatformUI.getWorkbench().getDisplay().asyncExec(() -> after[0] = true);
		await(SOON, () -> "the display is asleep", () -> after[0]);
		assertNull(page().findView(PluginsView.ID), "the user knows it");
		assertEquals(1, Installation.current().catalog().problems().size());
	}
}
