package org.headstart.engine.internal.execution;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

import org.headstart.api.checkpoint.Checkpointed;
import org.headstart.api.checkpoint.RegularFile;
import org.headstart.api.strategy.Artefact;
import org.headstart.engine.internal.results.ArtefactFile;
import org.headstart.engine.internal.results.DurableFiles;
import org.headstart.engine.internal.results.ResultStore;
import org.headstart.engine.internal.results.ResultsException;
import org.headstart.engine.internal.results.StepProvenance.ArtefactEntry;

/**
 * The artefacts of a step, each in a file. A checkpoint lists them with their checksums. Artefacts that were kept after the
 * checkpoint are kept again in a resumed step, with the same content; those that are not are deleted when the step is
 * complete.
 */
final class Artefacts implements Checkpointed {

	/** The largest number of artefacts; more are a mistake, such as one for each iteration. */
	private static final int MOST = 10_000;

	private final Path folder;
	/** By name. */
	private final SortedMap<String, ArtefactEntry> kept = new TreeMap<>();
	/** The names of the artefacts of an earlier attempt. */
	private final Set<String> unseen = new HashSet<>();
	/** The names of the artefacts that may not be on the disk yet. */
	private final Set<String> unforced = new HashSet<>();

	Artefacts(Path folder) {
		this.folder = folder;
	}

	/** Writes the artefact at once, replacing an earlier one of the same name. */
	void keep(Artefact artefact) throws IOException {
		ArtefactEntry before = kept.get(artefact.name());
		if (before == null && kept.size() == MOST) {
			throw new IllegalArgumentException("artefact '" + artefact.name() + "' is one too many: a step keeps at most " + MOST
					+ "; one that is kept again replaces that of its name");
		}
		DurableFiles.folder(folder);
		String name = ArtefactFile.name(artefact);
		Path file = folder.resolve(name);
		MessageDigest digest = sha256();
		DurableFiles.publish(file, out -> {
			OutputStream digesting = new DigestOutputStream(out, digest);
			ArtefactFile.write(artefact, digesting);
			digesting.flush();
		});
		if (Files.size(file) > RegularFile.LARGEST) {
			DurableFiles.delete(file);
			throw new IllegalArgumentException("artefact '" + artefact.name() + "' has more than the " + RegularFile.LARGEST
					+ " bytes that a file of a result may have");
		}
		ArtefactEntry entry = new ArtefactEntry(ResultStore.ARTEFACTS + "/" + name, ArtefactFile.content(artefact),
				HexFormat.of().formatHex(digest.digest()));
		if (before != null && !before.file().equals(entry.file())) {
			DurableFiles.delete(place(before));
		}
		kept.put(artefact.name(), entry);
		unseen.remove(artefact.name());
		unforced.add(artefact.name());
	}

	private Path place(ArtefactEntry entry) {
		return folder.resolveSibling(entry.file());
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		} catch (NoSuchAlgorithmException e) {
			throw new IllegalStateException("every Java has SHA-256", e);
		}
	}

	/** @return the artefacts, by name */
	List<ArtefactEntry> entries() {
		return List.copyOf(kept.values());
	}

	/** Called at the end of the step: deletes all other files in the folder. */
	void complete() throws IOException {
		if (kept.isEmpty()) {
			DurableFiles.delete(folder);
			return;
		}
		for (String name : unseen) {
			check(place(kept.get(name)), kept.get(name).sha256());
		}
		DurableFiles.folder(folder);
		Set<String> files = new HashSet<>();
		kept.values().forEach(entry -> files.add(place(entry).getFileName().toString()));
		List<Path> others;
		try (var all = Files.list(folder)) {
			others = all.filter(file -> !files.contains(file.getFileName().toString())).toList();
		}
		for (Path other : others) {
			DurableFiles.delete(other);
		}
	}

	private static void check(Path file, String sum) throws DamagedCheckpointException {
		MessageDigest digest = sha256();
		try (InputStream in = RegularFile.open(file, RegularFile.LARGEST)) {
			in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
		} catch (IOException e) {
			throw new DamagedCheckpointException(ResultsException.reading(file, e).getMessage(), e);
		}
		if (!HexFormat.of().formatHex(digest.digest()).equals(sum)) {
			throw new DamagedCheckpointException(file + " has changed since the checkpoint: its checksum differs");
		}
	}

	/** Forces the files to the disk first. */
	@Override
	public void writeState(DataOutput out) throws IOException {
		for (String name : unforced) {
			DurableFiles.force(place(kept.get(name)));
		}
		unforced.clear();
		out.writeInt(kept.size());
		for (var each : kept.entrySet()) {
			out.writeUTF(each.getKey());
			out.writeUTF(each.getValue().file());
			out.writeUTF(each.getValue().content());
			out.writeUTF(each.getValue().sha256());
		}
	}

	@Override
	public void readState(DataInput in) throws IOException {
		// artefacts of this attempt need no check
		SortedMap<String, ArtefactEntry> seen = new TreeMap<>(kept);
		seen.keySet().removeAll(unseen);
		kept.clear();
		unseen.clear();
		int count = in.readInt();
		if (count < 0 || count > MOST) {
			throw new DamagedCheckpointException("a checkpoint cannot have " + count + " artefacts");
		}
		for (int i = 0; i < count; i++) {
			String name = in.readUTF();
			ArtefactEntry entry = new ArtefactEntry(in.readUTF(), in.readUTF(), in.readUTF());
			kept.put(name, entry);
			if (!entry.equals(seen.get(name))) {
				unseen.add(name);
			}
		}
		unforced.retainAll(kept.keySet());
	}
}
