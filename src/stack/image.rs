//! The image of each service, which Docker reads before it touches the swarm.

use crate::source::Named;
use crate::stack::model::Service;
use crate::stack::problem::{Kind, Problem, Step};
use crate::value::image;

pub(super) fn check(services: &[Named<Service>], problems: &mut Vec<Problem>) {
    for service in services {
        let name = &service.name.value;
        let written = service.image.as_ref().filter(|it| !it.value.is_empty());
        let (kind, place, reason) = match written {
            None => {
                let place = service.image.as_ref().map_or(service.name.place, |it| it.place);
                (Kind::ImageMissing, place, "no image specified".to_owned())
            }
            Some(text) => match image::parse(text) {
                Ok(_) => continue,
                Err(reason) => {
                    let reason = reason.to_string();
                    (Kind::ImageInvalid { reason: reason.clone() }, text.place, reason)
                }
            },
        };
        let docker = format!("invalid image reference for service {name}: {reason}");
        problems.push(Problem::new(kind, place).refused(Step::Image, docker).of_service(name));
    }
}
