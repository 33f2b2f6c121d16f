"""Inside Blender: draws what bench_render wrote with world=, by Cycles on the CPU.

blender -b --factory-startup --python draw.py -- WORLD.json SIZE THREADS SEED SAMPLES OUT.pfm [...]

Each pair SAMPLES OUT.pfm is one drawing; prints `cycles SAMPLES CPU_SECONDS WALL_SECONDS`.
"""
import array
import json
import math
import os
import sys
import time

import bpy
from mathutils import Matrix, Vector


def material(m):
    mat = bpy.data.materials.new("m")
    mat.use_nodes = True
    node = mat.node_tree.nodes["Principled BSDF"].inputs
    node["Base Color"].default_value = (*m["base_color"], 1)
    node["Roughness"].default_value = m["roughness"]
    node["Metallic"].default_value = m["metallic"]
    node["Specular"].default_value = m["specular"] / 0.08
    node["Clearcoat"].default_value = m["coat"]
    node["Clearcoat Roughness"].default_value = m["coat_roughness"]
    return mat


def triples(flat):
    return list(zip(flat[0::3], flat[1::3], flat[2::3]))


def add_mesh(m, materials):
    mesh = bpy.data.meshes.new("mesh")
    mesh.from_pydata(triples(m["positions"]), [], triples(m["indices"]))
    mesh.materials.append(materials[m["material"]])
    for polygon in mesh.polygons:
        polygon.use_smooth = True
    mesh.use_auto_smooth = True  # custom normals need it
    mesh.normals_split_custom_set_from_vertices(triples(m["normals"]))
    bpy.context.collection.objects.link(bpy.data.objects.new("mesh", mesh))


def add_light(light):
    u, v = Vector(light["half_u"]), Vector(light["half_v"])
    data = bpy.data.lights.new("light", "AREA")
    data.shape = "RECTANGLE"
    data.size, data.size_y = 2 * u.length, 2 * v.length
    brightest = max(light["radiance"])
    data.color = [c / brightest for c in light["radiance"]]
    data.energy = brightest * math.pi * data.size * data.size_y
    thing = bpy.data.objects.new("light", data)
    x, y = u.normalized(), -v.normalized()  # it shines along its own -z
    thing.matrix_world = Matrix.Translation(light["center"]) @ Matrix((x, y, x.cross(y))).transposed().to_4x4()
    thing.visible_camera = light["visible"]
    bpy.context.collection.objects.link(thing)


def add_camera(world):
    data = bpy.data.cameras.new("camera")
    data.sensor_fit = "VERTICAL"
    data.angle = math.radians(world["fov_deg"])
    data.clip_end = 1e5
    eye, target = Vector(world["eye"]), Vector(world["target"])
    if world["aperture"] > 0:
        data.dof.use_dof = True
        data.dof.focus_distance = world["focus"] or (target - eye).length
        data.dof.aperture_fstop = data.lens * 1e-3 / (2 * world["aperture"])
    z = (eye - target).normalized()
    x = Vector((0, 1, 0)).cross(z).normalized()
    camera = bpy.data.objects.new("camera", data)
    camera.matrix_world = Matrix.Translation(eye) @ Matrix((x, z.cross(x), z)).transposed().to_4x4()
    bpy.context.collection.objects.link(camera)
    bpy.context.scene.camera = camera


def set_up(world, size, threads, seed):
    bpy.ops.wm.read_factory_settings(use_empty=True)
    scene = bpy.context.scene
    scene.render.engine = "CYCLES"
    scene.render.resolution_x = scene.render.resolution_y = size
    scene.render.threads_mode, scene.render.threads = "FIXED", threads
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.image_settings.color_depth = "32"
    cycles = scene.cycles
    cycles.device, cycles.seed = "CPU", seed
    cycles.use_denoising = cycles.use_adaptive_sampling = False
    cycles.max_bounces = cycles.diffuse_bounces = cycles.glossy_bounces = 6
    cycles.sample_clamp_indirect = world["clamp"]
    scene.world = bpy.data.worlds.new("sky")
    scene.world.use_nodes = True
    scene.world.node_tree.nodes["Background"].inputs[0].default_value = (*world["sky"], 1)
    materials = [material(m) for m in world["materials"]]
    for mesh in world["meshes"]:
        add_mesh(mesh, materials)
    for light in world["lights"]:
        add_light(light)
    add_camera(world)


def draw(samples, out):
    scene = bpy.context.scene
    scene.cycles.samples = samples
    scene.render.filepath = out + ".exr"
    cpu, wall = time.process_time(), time.monotonic()
    bpy.ops.render.render(write_still=True)
    print("cycles", samples, time.process_time() - cpu, time.monotonic() - wall, flush=True)
    image = bpy.data.images.load(out + ".exr")
    w, h = image.size
    rgba = array.array("f", bytes(16 * w * h))
    image.pixels.foreach_get(rgba)
    rgb = array.array("f", bytes(12 * w * h))
    for k in range(3):
        rgb[k::3] = rgba[k::4]
    with open(out, "wb") as f:
        f.write(b"PF\n%d %d\n-1.0\n" % (w, h) + rgb.tobytes())  # both start at the bottom
    bpy.data.images.remove(image)
    os.unlink(out + ".exr")


args = sys.argv[sys.argv.index("--") + 1:]
set_up(json.load(open(args[0])), *map(int, args[1:4]))
for samples, out in zip(args[4::2], args[5::2]):
    draw(int(samples), out)
