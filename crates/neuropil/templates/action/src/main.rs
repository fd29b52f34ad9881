//! The program `neuropil` with the action `my_action`.

use std::process::ExitCode;

use neuropil::core::Plugin;
use neuropil_action_my_action::MyAction;

fn main() -> ExitCode {
    neuropil::main_with(plugins())
}

/// The plugins of Neuropil, and this one.
fn plugins() -> Vec<Box<dyn Plugin>> {
    let mut plugins = neuropil::default_plugins();
    plugins.push(Box::new(MyAction));
    plugins
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use neuropil::run::{Resources, Scene};

    use super::plugins;

    #[test]
    fn the_example_runs() {
        let registry = neuropil::registry(&plugins());
        let scene = Scene::load(Path::new("scene.ron"), Vec::new(), &registry);
        let scene = scene.unwrap_or_else(|failure| panic!("{failure}"));
        let mut simulation = Resources::default().build(scene.experiment()).unwrap();
        simulation.run(scene.experiment().duration, &mut ()).unwrap();
    }
}
