package org.headstart.nn.internal.backbone;

import java.util.List;
import java.util.function.Supplier;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.headstart.api.backbone.Backbone;
import org.headstart.api.backbone.Layers;
import org.headstart.api.environment.BoxSpace;

/**
 * A contributed backbone of which every call goes through a guard, so that a failure carries the contribution's name.
 *
 * @param backbone gives the contribution; asked within the guard, because it may be created then
 * @param guard    makes the calls
 */
public record GuardedBackbone(Supplier<Backbone<Record>> backbone, Guard guard) implements Backbone<Record> {

	/** Calls a contribution. */
	public interface Guard {

		/**
		 * Makes one call.
		 *
		 * @param <R>    what the call gives
		 * @param method the method's name, for messages
		 * @param call   the call
		 * @return what the call gave, never null
		 */
		<R> R call(String method, Supplier<R> call);
	}

	@Override
	public void check(BoxSpace observation, Record settings) {
		guard.call("check", () -> {
			backbone.get().check(observation, settings);
			return true;
		});
	}

	@Override
	public Features build(GraphBuilder graph, String prefix, String input, BoxSpace observation, Record settings) {
		return guard.call("build", () -> backbone.get().build(graph, prefix, input, observation, settings));
	}

	@Override
	public List<Layers> stages(BoxSpace observation, Record settings) {
		List<Layers> stages = guard.call("stages", () -> List.copyOf(backbone.get().stages(observation, settings)));
		return stages.stream().<Layers>map(stage -> (graph, prefix, below) -> guard.call("stages",
				() -> stage.build(graph, prefix, below))).toList();
	}
}
