//! The ways in which activities leave their sources.

use super::state::{Phase, Stage};
use super::{Activities, ActivityId, Step};
use crate::error::Error;
use crate::identifier::SourceId;
use crate::sorted_map::SortedMap;

impl Activities {
    /// Removes activities from all their sources.
    pub(super) fn leave(&mut self, ids: &[ActivityId]) {
        let mut left = SortedMap::default();
        for id in ids {
            let Some(state) = self.states.known_mut(id) else { continue };
            state.phase = Phase::Ending;
            for source in state.sources() {
                left.insert(source, ());
            }
        }
        for source in left.keys() {
            for &id in ids {
                self.leave_source(id, source);
            }
            self.close_if_left(source);
        }
    }

    /// Removes an activity from one of its sources, at once if it has only waited for it.
    fn leave_source(&mut self, id: ActivityId, source: &SourceId) {
        let Some(state) = self.states.get_mut(&id) else { return };
        match state.stage(source) {
            Some(Stage::Queued) => {
                if let Some(active) = self.sources.get_mut(source) {
                    active.queue.remove(&id);
                }
                self.part(id, source, None);
            }
            Some(Stage::Activating | Stage::Active | Stage::Inactive) => state.set_stage(source, Stage::Leaving),
            Some(Stage::Leaving | Stage::Left) | None => {}
        }
    }

    /// Closes a source if all its activities have left and it may be active. If others go on, or there is nothing to
    /// close, those that have left are done with the source at once.
    pub(super) fn close_if_left(&mut self, source: &SourceId) {
        let Some(active) = self.sources.get_mut(source).filter(|active| !active.is_closing) else { return };
        let is_leaving =
            |id: &ActivityId| self.states.known(id).is_none_or(|state| state.stage(source) == Some(Stage::Leaving));
        let leaving: Vec<ActivityId> = active.activities.keys().copied().filter(is_leaving).collect();
        if leaving.len() == active.activities.len() {
            if active.is_activating {
                // The result decides whether the source has to be closed.
                return self.steps.push_back(Step::CancelActivation(source.clone()));
            }
            if active.may_be_active {
                active.is_closing = true;
                return self.steps.push_back(Step::Close(source.clone()));
            }
            self.sources.take(source);
        } else {
            for id in &leaving {
                active.activities.remove(id);
            }
        }
        for id in leaving {
            self.part(id, source, None);
        }
    }

    /// Notes that an activity is done with a source. Done with all its sources, it is over.
    pub(super) fn part(&mut self, id: ActivityId, source: &SourceId, left_active: Option<Error>) {
        let Some(state) = self.states.known_mut(&id) else { return };
        state.set_stage(source, Stage::Left);
        state.left_active.extend(left_active);
        if !state.is_any(|stage| stage != Stage::Left)
            && let Some(state) = self.states.take(&id)
        {
            self.steps.push_back(state.end(id));
        }
    }
}
