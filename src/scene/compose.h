/* Model, notes and layout to a scene: frames, icons, names, lines, badges, title, panel. All looks are decided here. */
#ifndef AWSDIAG_SCENE_COMPOSE_H
#define AWSDIAG_SCENE_COMPOSE_H

#include "scene/scene.h"

struct compose_options {
    enum lang lang;
    const struct theme *theme;
    bool no_icons;                    /* monogram tiles even where there is an icon */
    bool bare;                        /* neither title nor panel */
    bool pages;                       /* the panel may go on to further pages */
    double least_width, least_height; /* of the page: that of the same picture in another language */
    const char *name;                 /* file name without folder, for a picture without title */
};

struct scene *compose_scene(const struct model *model, const struct layout *layout, const struct shown_notes *notes,
                            const struct compose_options *options, struct arena *arena);

#endif
